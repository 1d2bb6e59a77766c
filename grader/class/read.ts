import fs from 'node:fs'
import path from 'node:path'
import type { ExerciseInfo } from '../manifest.ts'
import { reasonOf } from './refusal.ts'
import { roster } from './roster.ts'
import { type Place, placesIn, submissionAt } from './submission.ts'
import { archiveName } from './unpack.ts'

/** A submission that was found, or why it could not be read. */
export type Found = { name: string; path: string } & (
  | { base: string; message?: never }
  | { base?: never; message: string }
)

/**
 * The submissions at some paths: a folder that is one, or a folder of folders and archives, or an archive
 * (.zip, .tar.gz, .tgz), or a .csv of names and paths. `path` is where a submission was found; its chapter
 * folders are in `base`, which for an archive lies below `workspace`: the caller makes that and removes it.
 * What cannot be read is told as such, never thrown. No two have the same name.
 */
export async function readSubmissions(paths: string[], workspace: string): Promise<Found[]> {
  const all = paths.flatMap((given) => placesAt(path.resolve(given)))
  const places = [...new Map(all.map((one) => [`${one.path}\0${one.name}`, one])).values()]
  const found: Found[] = []
  for (const place of withOwnNames(places)) {
    const { name, path } = place
    try {
      found.push({ name, path, base: await submissionAt(place, workspace) })
    } catch (error) {
      found.push({ name, path, message: reasonOf(error) })
    }
  }
  return found
}

/** The student's file of one exercise in a submission. */
export function submittedFile(base: string, exercise: ExerciseInfo): string {
  return path.join(base, exercise.place, 'main.ts')
}

function placesAt(place: string): Place[] {
  const name = archiveName(place) ?? (path.basename(place) || place)
  try {
    const stat = fs.statSync(place)
    if (stat.isDirectory()) return placesIn({ name, path: place })
    if (stat.isFile() && /\.csv$/i.test(place)) return roster(place)
    return [{ name, path: place }]
  } catch (error) {
    return [{ name, path: place, problem: error }]
  }
}

/** Gives the second of a name a number: results and reports are kept by name, on any file system. */
function withOwnNames(places: Place[]): Place[] {
  const key = (name: string) => name.normalize('NFC').toLowerCase()
  const names = new Set(places.map(({ name }) => key(name)))
  const seen = new Set<string>()
  return places.map((place) => {
    let name = place.name
    if (seen.has(key(name))) {
      for (let n = 2; names.has(key(name)); n += 1) name = `${place.name}-${n}`
    }
    names.add(key(name))
    seen.add(key(name))
    return { ...place, name }
  })
}
