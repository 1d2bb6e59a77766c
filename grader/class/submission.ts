import fs from 'node:fs'
import path from 'node:path'
import { course } from '../../course.ts'
import { Refusal, shown } from './refusal.ts'
import { archiveName, isJunk, unpack } from './unpack.ts'

/** Where a submission is said to be, and by which name; `problem` when that is known to be unreadable. */
export type Place = { name: string; path: string; problem?: unknown }

/** A file that somebody handed in as an archive, though perhaps none that can be unpacked here. */
const ARCHIVE = /\.(zip|rar|7z|tar|tgz|gz|bz2|tbz2?|xz|txz|zst)$/i

/**
 * The submissions in a folder: the folder itself, or each folder and archive in it once one of them is a
 * submission. Then the others are told too, so that nobody in a class is lost.
 */
export function placesIn(place: Place): Place[] {
  if (baseOf(place.path)) return [place]
  const { folders, archives, links } = listing(place.path)
  const inner = [...folders, ...archives, ...links].sort().map((entry) => {
    const problem = links.includes(entry)
      ? new Refusal('it is a symbolic link; put the folder itself in its place')
      : undefined
    return { name: archiveName(entry) ?? entry, path: path.join(place.path, entry), problem }
  })
  const isSubmission = (folder: string) => isReadable(path.join(place.path, folder))
  return archives.length > 0 || folders.some(isSubmission) ? inner : [place]
}

/**
 * The folder that holds a submission's chapter folders. An archive is unpacked below `workspace`. Throws
 * a Refusal, or the file system's error, for what cannot be read.
 */
export async function submissionAt({ path: place, problem }: Place, workspace: string) {
  if (problem) throw problem
  if (!fs.statSync(place).isDirectory()) return unpacked(place, workspace)
  const { base, archive } = locate(place)
  return base ?? unpacked(archive, workspace)
}

async function unpacked(file: string, workspace: string): Promise<string> {
  if (!fs.statSync(file).isFile()) throw new Refusal('it is neither a folder nor a regular file')
  const folder = fs.mkdtempSync(path.join(workspace, 'unpacked-'))
  try {
    await unpack(file, folder)
    const { base } = locate(folder)
    if (base) return base
    throw new Refusal('it holds another archive; hand in that one')
  } catch (error) {
    fs.rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

type Located = { base: string; archive?: never } | { base?: never; archive: string }

/** What a folder has to offer: chapter folders at its top or in one folder in it, or one archive. */
function locate(folder: string): Located {
  const own = baseOf(folder)
  if (own) return { base: confined(own, folder) }
  const { folders, archives } = listing(folder)
  const bases = folders.flatMap((entry) => baseOf(path.join(folder, entry)) ?? [])
  const [base] = bases
  const [archive] = archives
  if (bases.length + archives.length > 1) {
    const names = [...bases.map((one) => path.relative(folder, one)), ...archives].map(shown)
    const some = [...names.slice(0, 3), ...(names.length > 3 ? ['…'] : [])].join(', ')
    throw new Refusal(
      `it holds several submissions (${some}), where one is due; give a class as a folder`,
    )
  }
  if (base) return { base: confined(base, folder) }
  if (archive) return { archive: path.join(folder, archive) }
  throw new Refusal('it holds neither exercises/ nor a chapter folder such as 01-sockets/')
}

function isReadable(folder: string): boolean {
  try {
    return Boolean(locate(folder))
  } catch (error) {
    // A folder that one may not look into is a submission that cannot be read.
    return !(error instanceof Refusal)
  }
}

/** The folder that holds the chapter folders: exercises/ in this one, or this one itself. */
function baseOf(folder: string): string | undefined {
  const hasChapter = (names: string[]) => course.chapters.some(({ id }) => names.includes(id))
  const exercises = path.join(folder, 'exercises')
  const { folders, links } = listing(folder)
  const isFolder =
    folders.includes('exercises') ||
    (links.includes('exercises') &&
      fs.statSync(exercises, { throwIfNoEntry: false })?.isDirectory())
  if (isFolder && hasChapter(listing(exercises).folders)) return exercises
  return hasChapter(folders) ? folder : undefined
}

/** Refuses a link to somebody else's work. */
function confined(base: string, folder: string): string {
  const [real, within] = [fs.realpathSync(base), fs.realpathSync(folder)]
  if (real === within || real.startsWith(`${within}${path.sep}`)) return base
  throw new Refusal('its exercises/ is a link that leads out of it; hand in the folder itself')
}

function listing(folder: string): { folders: string[]; archives: string[]; links: string[] } {
  const entries = fs
    .readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !isJunk(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  const names = (those: typeof entries) => those.map(({ name }) => name)
  return {
    folders: names(entries.filter((entry) => entry.isDirectory())),
    archives: names(entries.filter((entry) => entry.isFile() && ARCHIVE.test(entry.name))),
    links: names(entries.filter((entry) => entry.isSymbolicLink())),
  }
}
