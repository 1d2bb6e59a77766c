// bug: the file that is being replaced counts along with the new one, so a new version of a large file does not fit
// catalogue: -
// fails: quota: does not count a file that is being replaced
// lesson: Counting before taking
import fs from 'node:fs/promises'
import path from 'node:path'
import { statOf } from './paths.ts'
import { Refusal } from './protocol.ts'

/** What one user may store. To check and to take are one step: nobody else's step comes between. */
export class Quota {
  readonly #home: string
  readonly #most: number
  /** the sizes that uploads under way have announced */
  #reserved = 0
  #lastStep: Promise<unknown> = Promise.resolve()

  constructor(home: string, most: number) {
    this.#home = home
    this.#most = most
  }

  /** Takes room for a file of `size` bytes that will lie at `place`. Refuses when there is not enough. */
  reserve(_place: string, size: number): Promise<void> {
    return this.#step(async () => {
      const stored = await usage(this.#home)
      const taken = stored + this.#reserved
      // An empty file needs no room, not even in a home that holds too much already.
      if (size > 0 && taken + size > this.#most) {
        throw new Refusal('quota-exceeded', { free: Math.max(0, this.#most - taken) })
      }
      this.#reserved += size
    })
  }

  /** Does what makes the file appear, and gives the room back: from then on the file itself counts. */
  use(size: number, appear: () => Promise<void>): Promise<void> {
    return this.#step(async () => {
      try {
        await appear()
      } finally {
        this.#reserved -= size
      }
    })
  }

  /** Gives the room back: the file will not come. */
  giveBack(size: number): void {
    this.#reserved -= size
  }

  /** Runs the steps of this user one after another. They wait for the disk, never for a client. */
  #step<T>(work: () => Promise<T>): Promise<T> {
    const step = this.#lastStep.then(work)
    this.#lastStep = step.catch(() => {})
    return step
  }
}

/** The sizes of all files in a folder and below it. Links count nothing: what they lead to counts. */
async function usage(folder: string): Promise<number> {
  let sum = 0
  for (const entry of await fs.readdir(folder, { withFileTypes: true })) {
    const place = path.join(folder, entry.name)
    if (entry.isDirectory()) sum += await usage(place)
    else if (entry.isFile()) sum += (await statOf(place))?.size ?? 0
  }
  return sum
}
