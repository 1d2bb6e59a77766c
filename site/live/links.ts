import type { ExerciseInfo } from '../../grader/manifest.ts'
import { slug } from '../content/slug.ts'

/** Where a section of the lesson of an exercise's chapter is, as seen from a page of an exercise. */
export function lessonUrl({ chapter }: ExerciseInfo, section: string): string {
  return `../../lessons/${chapter.id}/#${slug(section)}`
}
