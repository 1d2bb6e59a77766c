import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { Refusal } from '../class/refusal.ts'
import { unpack } from '../class/unpack.ts'
import { BadCall } from '../exit.ts'
import { fingerprint, type HandoutRecord, isHandout, readRecord } from '../handout/record.ts'
import { root } from '../manifest.ts'

/** What an archive of a handout may hold besides it. */
const JUNK = new Set(['__MACOSX', '.git', '.course', 'node_modules'])

/** A handout that a folder can be brought up to. */
export type Source = { folder: string; record: HandoutRecord }

/**
 * The handout at `from`: that folder, the one folder in it, or one that is made in `workspace` of the
 * course that lies there. Throws BadCall for whatever the folder `root` cannot be updated from.
 */
export async function openSource(
  from: string,
  own: HandoutRecord,
  workspace: string,
): Promise<Source> {
  const folder = handoutOf(await folderAt(from, workspace), from, workspace)
  const record = readRecord(folder)
  if (record.course !== own.course) {
    throw new BadCall(`${from} is another course, “${record.course}”; this one is “${own.course}”`)
  }
  if (isOlder(record.version, own.version)) {
    throw new BadCall(
      `${from} is version ${record.version}, and this folder is version ${own.version} already; ask for a newer handout`,
    )
  }
  for (const [name, print] of Object.entries(record.files)) {
    if (fingerprint(path.join(folder, name)) === print) continue
    throw new BadCall(
      `${from} is not as it was handed out: ${name} is missing or has changed; get the handout again`,
    )
  }
  return { folder, record }
}

/** The folder at `from`, or what an archive there holds. */
async function folderAt(from: string, workspace: string): Promise<string> {
  const place = path.resolve(from)
  try {
    if (fs.statSync(place).isDirectory() && fs.readdirSync(place)) return place
    const folder = path.join(workspace, 'unpacked')
    await unpack(place, folder, (name) => JUNK.has(name))
    return folder
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (error instanceof Refusal) throw new BadCall(`${from} cannot be used: ${error.message}`)
    if (code === 'ENOENT') throw new BadCall(`there is no ${from}; name the newer handout`)
    throw new BadCall(`${from} cannot be read (${code}); name the newer handout’s folder`)
  }
}

function handoutOf(folder: string, from: string, workspace: string): string {
  if (fs.realpathSync(folder) === fs.realpathSync(root))
    throw new BadCall(`${from} is this very folder; name the newer handout`)
  if (isHandout(folder)) return folder
  if (isCourse(folder)) return handoutMade(folder, from, workspace)
  // An archive often holds everything in one folder.
  const inner = fs.readdirSync(folder).filter((name) => isEither(path.join(folder, name)))
  if (inner.length === 1 && inner[0]) return handoutOf(path.join(folder, inner[0]), from, workspace)
  if (inner.length > 1)
    throw new BadCall(`${from} holds several handouts; name one of: ${inner.join(', ')}`)
  throw new BadCall(
    `${from} holds neither a handout nor the course; name the folder in which handout.json lies`,
  )
}

function isEither(folder: string): boolean {
  return isHandout(folder) || isCourse(folder)
}

function isCourse(folder: string): boolean {
  return ['course.ts', 'solutions', 'grader/course.js'].every((name) =>
    fs.existsSync(path.join(folder, name)),
  )
}

/** Each course makes its own handout: what belongs in one is for that version to say. */
function handoutMade(folder: string, from: string, workspace: string): string {
  if (!fs.existsSync(path.join(folder, 'node_modules/node'))) {
    throw new BadCall(
      `${from} is the course itself, without its packages; unpack it if it is an archive, and run npm ci in it first`,
    )
  }
  const place = path.join(workspace, 'handout')
  try {
    const command = [path.join(folder, 'grader/course.js'), 'handout', place]
    execFileSync(process.execPath, command, { encoding: 'utf8', stdio: 'pipe' })
    return place
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string }
    throw new BadCall(
      `${from} is the course itself, and no handout could be made of it: ${(stderr || message).trim()}`,
    )
  }
}

function isOlder(version: string, than: string): boolean {
  return version.localeCompare(than, 'en', { numeric: true }) < 0
}
