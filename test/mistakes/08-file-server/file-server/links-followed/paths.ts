// bug: the path is checked as text alone, and a symbolic link in the home leads out of it all the same
// catalogue: 41
// fails: home: lets no link at the end of a path lead out
// lesson: A home that nobody leaves
import fs from 'node:fs/promises'
import path from 'node:path'
import { Refusal } from './protocol.ts'

const { O_RDONLY, O_NONBLOCK } = fs.constants

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

  /** Where a path of the user's really is, links followed. Refuses what is not in this home. */
  async locate(virtual: string): Promise<string> {
    const place = path.join(this.#root, virtual)
    if (!this.#holds(place)) throw new Refusal('forbidden')
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

  /** Opens a file for reading. */
  async open(virtual: string): Promise<fs.FileHandle> {
    // Non-blocking: to open a FIFO would wait for a writer.
    const file = await fs.open(await this.locate(virtual), O_RDONLY | O_NONBLOCK)
    const opened = await file.stat()
    if (opened.isFile()) return file
    await file.close()
    throw new Refusal(opened.isDirectory() ? 'is-a-directory' : 'forbidden')
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

/** What lies at a place, itself and not what it links to; undefined when there is nothing. */
export async function statOf(place: string) {
  try {
    return await fs.lstat(place)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
