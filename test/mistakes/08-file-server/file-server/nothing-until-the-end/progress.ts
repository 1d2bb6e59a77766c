// bug: nothing is printed while the bytes come, and 100% at the end is all that one sees
// catalogue: -
// fails: progress: prints percentages of a download while it comes, and 100% once
// lesson: Showing progress
import path from 'node:path'

const BAR = 30

/** Shows how much of a file is there: a bar on a terminal, lines `NAME N%` elsewhere. */
export class Progress {
  readonly #name: string
  #shown = -1

  /** `remote` is the file's path on the server. */
  constructor(remote: string) {
    this.#name = path.posix.basename(remote)
  }

  /** So many bytes of the whole file are there. */
  at(_bytes: number, _size: number): void {}

  /** The transfer is known to be good. */
  done(): void {
    this.#show(100)
    this.#endLine()
  }

  failed(): void {
    this.#endLine()
  }

  #show(percent: number): void {
    // A transfer that has to begin anew does not take back what was said.
    if (percent <= this.#shown) return
    this.#shown = percent
    if (!process.stdout.isTTY) {
      process.stdout.write(`${this.#name} ${percent}%\n`)
      return
    }
    const full = Math.round((percent / 100) * BAR)
    const bar = '#'.repeat(full).padEnd(BAR, '.')
    process.stdout.write(`\r${this.#name} [${bar}] ${String(percent).padStart(3)}%`)
  }

  #endLine(): void {
    if (process.stdout.isTTY && this.#shown >= 0) process.stdout.write('\n')
  }
}
