import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Chapter, course, type Exercise } from '../course.ts'

/** The folder that holds course.ts. */
export const root = path.resolve(fileURLToPath(import.meta.url), '../..')

/** An exercise of the manifest with the places where its parts lie. */
export type ExerciseInfo = Exercise & {
  chapter: Chapter
  /** NN-topic/ID */
  place: string
  /** the folder that the student works in */
  folder: string
  main: string
  readme: string
  stub: string
  solution: string
  hidden: string
  mistakes: string
  lesson: string
}

/** Every exercise, in the order of the course. */
export const exercises: readonly ExerciseInfo[] = course.chapters.flatMap((chapter) =>
  chapter.exercises.map((exercise) => locate(chapter, exercise)),
)

function locate(chapter: Chapter, exercise: Exercise): ExerciseInfo {
  const place = `${chapter.id}/${exercise.id}`
  const folder = path.join(root, 'exercises', place)
  return {
    ...exercise,
    chapter,
    place,
    folder,
    main: path.join(folder, 'main.ts'),
    readme: path.join(folder, 'README.md'),
    stub: path.join(root, 'test/stubs', place, 'main.ts'),
    solution: path.join(root, 'solutions', place, 'main.ts'),
    hidden: path.join(root, 'test/hidden', `${place}.test.ts`),
    mistakes: path.join(root, 'test/mistakes', place),
    lesson: path.join(root, 'lessons', chapter.id, 'README.md'),
  }
}

/** The exercise with this id, or undefined. */
export function findExercise(id: string): ExerciseInfo | undefined {
  return exercises.find((exercise) => exercise.id === id)
}

/** Whether a text is the exercise's stub, but for line ends and white space at the end of lines. */
export function isStub(exercise: ExerciseInfo, source: string): boolean {
  return plain(source) === plain(fs.readFileSync(exercise.stub, 'utf8'))
}

function plain(source: string): string {
  return source
    .replace(/^\ufeff/, '')
    .replace(/[ \t\r]+$/gm, '')
    .trim()
}
