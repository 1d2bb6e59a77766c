import fs from 'node:fs'
import path from 'node:path'
import { course } from '../../course.ts'
import type { ExerciseInfo } from '../manifest.ts'

/** A submission that was found, or why it could not be read. */
export type Found = { name: string; path: string } & (
  | { base: string; message?: never }
  | { base?: never; message: string }
)

/**
 * The submissions at a path: the path itself when it holds `exercises/` or chapter folders, else each
 * folder in it that does. What cannot be read is told as such, never thrown.
 */
export function findSubmissions(given: string): Found[] {
  const place = path.resolve(given)
  const name = path.basename(place)
  const unreadable = (message: string): Found[] => [{ name, path: place, message }]
  let stat: fs.Stats
  try {
    stat = fs.statSync(place)
  } catch (error) {
    return unreadable(`it cannot be read: ${(error as NodeJS.ErrnoException).code}`)
  }
  if (!stat.isDirectory())
    return unreadable('it is no folder; unpack an archive and name the folder')
  const base = baseOf(place)
  if (base) return [{ name, path: place, base }]
  const inner = entriesOf(place).flatMap((entry): Found[] => {
    const folder = path.join(place, entry)
    const base = baseOf(folder)
    return base ? [{ name: entry, path: folder, base }] : []
  })
  if (inner.length > 0) return inner
  return unreadable('it holds neither exercises/ nor a chapter folder such as 01-sockets/')
}

/** The student's file of one exercise in a submission. */
export function submittedFile(base: string, exercise: ExerciseInfo): string {
  return path.join(base, exercise.place, 'main.ts')
}

/** The folder that holds the chapter folders, if this submission has one. */
function baseOf(folder: string): string | undefined {
  return [path.join(folder, 'exercises'), folder].find((base) => {
    const names = entriesOf(base)
    return course.chapters.some(({ id }) => names.includes(id))
  })
}

function entriesOf(folder: string): string[] {
  try {
    return fs
      .readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort()
  } catch {
    return []
  }
}
