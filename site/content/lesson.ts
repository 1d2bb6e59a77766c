import fs from 'node:fs'
import path from 'node:path'
import { type Chapter, course } from '../../course.ts'
import { exercises, root } from '../../grader/manifest.ts'
import { type Article, renderArticle } from './markdown.ts'

/** The texts that belong to no chapter, by the name of their page and of their file. */
export const texts = ['python-to-node', 'glossary'] as const
export type TextId = (typeof texts)[number]

export type Lesson = { chapter: Chapter; article: Article }

/** The chapters whose lesson is written. */
export function writtenChapters(): Chapter[] {
  return course.chapters.filter(({ id }) => fs.existsSync(lessonFile(id)))
}

/** A chapter's lesson, or undefined when there is no such chapter or it has none. */
export function lesson(id: string, base: string): Lesson | undefined {
  const chapter = writtenChapters().find((one) => one.id === id)
  if (!chapter) return undefined
  const article = remembered(lessonFile(id), base, (text) =>
    renderArticle(text, { file: `lessons/${id}/README.md`, base }),
  )
  return { chapter, article }
}

/** One of the texts beside the chapters, or undefined while it is not written. */
export function textPage(id: TextId, base: string): Article | undefined {
  const file = path.join(root, 'lessons', `${id}.md`)
  if (!fs.existsSync(file)) return undefined
  return remembered(file, base, (text) => renderArticle(text, { file: `lessons/${id}.md`, base }))
}

/** The exercises of a chapter with their places. */
export function exercisesOf(chapter: Chapter) {
  return exercises.filter((exercise) => exercise.chapter.id === chapter.id)
}

const lessonFile = (id: string) => path.join(root, 'lessons', id, 'README.md')

const memory = new Map<string, { text: string; made: unknown }>()

/**
 * What was made of a file, made anew when the file's text has changed: an edit shows at the next reload.
 * One file is made into one thing only, or `variant` tells them apart.
 */
export function remembered<T>(file: string, variant: string, make: (text: string) => T): T {
  const text = fs.readFileSync(file, 'utf8').replaceAll('\r\n', '\n')
  const key = `${file}\n${variant}`
  const known = memory.get(key)
  if (known?.text === text) return known.made as T
  const made = make(text)
  memory.set(key, { text, made })
  return made
}
