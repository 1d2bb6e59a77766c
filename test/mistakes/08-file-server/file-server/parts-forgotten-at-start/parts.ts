// bug: what was kept of cut uploads is thrown away when the server starts, so nothing can be resumed after a crash
// catalogue: -
// fails: resume: goes on with an upload after the program was killed
// lesson: Going on after a cut
import { createHash, randomUUID } from 'node:crypto'
import fs from 'node:fs/promises'
import path from 'node:path'
import { statOf } from './paths.ts'

/** A file that is on its way. */
export type Coming = { virtual: string; size: number; sha256: string }

/** What has come of it: `place` holds its first `length` bytes, and `file` appends to it. */
export type Part = { file: fs.FileHandle; place: string; length: number }

type Found = { place: string; length: number; time: number }

/**
 * The uploads of one user that are not complete. Each is a file of its own outside the home, named
 * `KEY.ANY`. KEY stands for path, size and digest of the whole: a part with the same KEY fits, and
 * after a crash of the server it still does.
 */
export class Parts {
  readonly #folder: string
  readonly #most: number
  readonly #busy = new Set<string>()

  private constructor(folder: string, most: number) {
    this.#folder = folder
    this.#most = most
  }

  /** `most`: how many bytes parts may take that nobody goes on with. The oldest are thrown away first. */
  static async at(folder: string, most: number): Promise<Parts> {
    await fs.rm(folder, { recursive: true, force: true })
    await fs.mkdir(folder, { recursive: true })
    return new Parts(folder, most)
  }

  /** The part to go on with: the longest that fits, or an empty one. Nobody else gets it until `keep` or `drop`. */
  async take(coming: Coming): Promise<Part> {
    const key = keyOf(coming)
    const [longest] = (await this.#find())
      .filter(({ place, length }) => path.basename(place).startsWith(key) && length <= coming.size)
      .sort((a, b) => b.length - a.length)
    const place = await this.#claim(longest, path.join(this.#folder, `${key}.${randomUUID()}`))
    try {
      const file = await fs.open(place, 'a+')
      const { size } = await file.stat()
      return { file, place, length: size }
    } catch (error) {
      this.#busy.delete(place)
      throw error
    }
  }

  /** Closes a part that the client may come back for. */
  async keep({ file, place }: Part): Promise<void> {
    await file.close()
    this.#busy.delete(place)
    await this.#tidy()
  }

  /** Removes a part that is complete, or wrong. */
  async drop({ file, place }: Part): Promise<void> {
    await file.close()
    await fs.rm(place, { force: true })
    this.#busy.delete(place)
  }

  async #claim(found: Found | undefined, fresh: string): Promise<string> {
    const isIdle = found && !this.#busy.has(found.place)
    const place = isIdle ? found.place : fresh
    this.#busy.add(place)
    // The last upload may still hang on a connection that is dead already: go on with a copy.
    if (found && !isIdle) await fs.copyFile(found.place, place).catch(() => {})
    return place
  }

  async #tidy(): Promise<void> {
    const idle = (await this.#find()).filter(({ place }) => !this.#busy.has(place))
    let sum = 0
    for (const { place, length } of idle.sort((a, b) => b.time - a.time)) {
      sum += length
      if ((length > 0 && sum <= this.#most) || this.#busy.has(place)) continue
      this.#busy.add(place)
      await fs.rm(place, { force: true })
      this.#busy.delete(place)
    }
  }

  async #find(): Promise<Found[]> {
    const found: Found[] = []
    for (const name of await fs.readdir(this.#folder)) {
      const place = path.join(this.#folder, name)
      const stats = await statOf(place)
      if (stats) found.push({ place, length: stats.size, time: stats.mtimeMs })
    }
    return found
  }
}

function keyOf({ virtual, size, sha256 }: Coming): string {
  return createHash('sha256')
    .update(JSON.stringify([virtual, size, sha256]))
    .digest('hex')
}
