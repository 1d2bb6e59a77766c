// bug: every symbolic link is forbidden, those too that stay inside the home
// catalogue: -
// fails: home: lets no link at the end of a path lead out
// lesson: A home that nobody leaves
import fs from 'node:fs/promises'
import path from 'node:path'
import { Refusal } from './protocol.ts'

const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = fs.constants
/** As many links in a row as Linux follows. */
const MOST_LINKS = 40

/** The folder that is `/` to its user. */
export class Home {
  readonly #root: string

  private constructor(root: string) {
    this.#root = root
  }

  /** Makes the folder if need be. */
  static async at(folder: string): Promise<Home> {
    await fs.mkdir(folder, { recursive: true })
    return new Home(await fs.realpath(folder))
  }

  get root(): string {
    return this.#root
  }

  /** Where a path of the user's really is, links followed. Refuses whatever has a link in it. */
  async locate(virtual: string): Promise<string> {
    const place = await follow(path.join(this.#root, virtual))
    if (place !== path.resolve(this.#root, `.${virtual}`)) throw new Refusal('forbidden')
    return place
  }

  /** The same for a file that is to be made: its folder must be there, and itself no folder. */
  async locateFile(virtual: string): Promise<string> {
    const place = await this.locate(virtual)
    const found = await statOf(place)
    if (found?.isDirectory()) throw new Refusal('is-a-directory')
    if (found && !found.isFile()) throw new Refusal('forbidden')
    const folder = await fs.stat(path.dirname(place))
    if (!folder.isDirectory()) throw new Refusal('not-a-directory')
    return place
  }

  /**
   * Opens a file for reading. Somebody may put a link into the path after we have looked at it, so
   * what counts is where the file that was opened lies.
   */
  async open(virtual: string): Promise<fs.FileHandle> {
    // Non-blocking: to open a FIFO would wait for a writer.
    const file = await fs.open(await this.locate(virtual), O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
    try {
      const opened = await file.stat()
      if (opened.isDirectory()) throw new Refusal('is-a-directory')
      const place = (await placeOf(file)) ?? (await this.locate(virtual))
      if (!opened.isFile() || !this.#holds(place)) throw new Refusal('forbidden')
      return file
    } catch (error) {
      await file.close()
      throw error
    }
  }

  #holds(place: string): boolean {
    return place === this.#root || place.startsWith(this.#root + path.sep)
  }
}

/** The path that `given` names to a user whose current directory is `current`. Both begin at the home. */
export function resolve(current: string, given: unknown): string {
  if (typeof given !== 'string' || given.includes('\0') || !given.isWellFormed()) {
    throw new Refusal('bad-request')
  }
  const names: string[] = []
  for (const name of (given.startsWith('/') ? given : `${current}/${given}`).split('/')) {
    if (name === '' || name === '.') continue
    if (name !== '..') names.push(name)
    else if (names.pop() === undefined) throw new Refusal('forbidden')
  }
  return `/${names.join('/')}`
}

/** `fs.realpath` for what need not be there: a link that leads to nothing is followed all the same. */
async function follow(place: string, links = 0): Promise<string> {
  try {
    return await fs.realpath(place)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const folder = await follow(path.dirname(place), links)
  const own = path.join(folder, path.basename(place))
  const target = await fs.readlink(own).catch(() => undefined)
  if (target === undefined) return own
  if (links === MOST_LINKS) throw new Refusal('not-found')
  return follow(path.resolve(folder, target), links + 1)
}

/** Where an open file lies; undefined where the system does not tell. Linux does. */
function placeOf(file: fs.FileHandle): Promise<string | undefined> {
  return fs.readlink(`/proc/self/fd/${file.fd}`).catch(() => undefined)
}

/** What lies at a place, itself and not what it links to; undefined when there is nothing. */
export async function statOf(place: string) {
  try {
    return await fs.lstat(place)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
