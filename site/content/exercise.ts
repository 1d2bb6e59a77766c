import type { ExerciseInfo } from '../../grader/manifest.ts'
import { hints, section } from '../../grader/task.ts'
import { remembered } from './lesson.ts'
import { type Article, renderArticle } from './markdown.ts'

export type ExercisePage = {
  /** what comes before the task */
  intro: Article
  /** Task, On the wire, Try it by hand */
  article: Article
  /** HTML of each hint, in order */
  hints: string[]
}

/** An exercise's README as the parts of its page. */
export function exercisePage(exercise: ExerciseInfo, base: string): ExercisePage {
  const source = { file: `exercises/${exercise.place}/README.md`, base }
  return remembered(exercise.readme, base, (text) => {
    const intro = text.slice(0, text.indexOf('\n## ')).replace(/^# .*$/m, '')
    const parts = [...text.matchAll(/^## (.+)$/gm)].map(([, heading = '']) => heading)
    const body = parts
      .filter((heading) => heading !== 'Hints')
      .map((heading) => `## ${heading}\n\n${section(exercise, heading)}`)
      .join('\n\n')
    return {
      intro: renderArticle(intro, source),
      article: renderArticle(body, source),
      hints: hints(exercise).map((hint) => renderArticle(hint, source).html),
    }
  })
}
