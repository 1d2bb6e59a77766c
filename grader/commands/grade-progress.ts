import readline from 'node:readline'
import stringWidth from 'string-width'
import type { Task, Watcher } from '../class/run.ts'
import { printableName } from '../report/printable.ts'

/** How often the line on a terminal is drawn anew, and a line added elsewhere, in milliseconds. */
const REDRAW_MS = 200
const LINE_MS = 30_000

/** Before so many programs were graded nobody can say how long the others will take. */
const FEW = 20

/** Tells on stderr how a run goes on: on a terminal in one line that is drawn anew, elsewhere in a line now and then. */
export class GradeProgress implements Watcher {
  readonly #isTerminal = process.stderr.isTTY === true
  readonly #running = new Set<Task>()
  readonly #file: string
  #total = 0
  /** results in the journal when the run began, and results made since */
  #kept = 0
  #made = 0
  /** programs graded: one may give many results */
  #programs = 0
  #began = 0
  #timer: NodeJS.Timeout | undefined

  /** `file` is the journal's. */
  constructor(file: string) {
    this.#file = file
  }

  began(total: number, kept: number): void {
    this.#total = total
    this.#kept = kept
    this.#began = performance.now()
    const every = this.#isTerminal ? REDRAW_MS : LINE_MS
    this.#timer = setInterval(() => this.#show(), every).unref()
    const known = kept > 0 ? `${kept} of ${total} results are in the journal already` : ''
    console.error(`journal   ${this.#file}${known && `\n          ${known}`}`)
  }

  grading(task: Task): void {
    this.#running.add(task)
  }

  graded(task: Task): void {
    this.#running.delete(task)
    this.#made += task.results
    this.#programs += 1
  }

  /** Takes the line away for good. */
  end(): void {
    clearInterval(this.#timer)
    this.#clear()
  }

  /** In one sentence, for an interrupt: what is kept, and how to go on after a run that began anew or did not. */
  stopped(isFresh: boolean): string {
    const kept = `${this.#kept + this.#made} of ${this.#total} results are kept`
    const command = `the same command${isFresh ? ' without --fresh' : ''}`
    return `Stopped: ${kept}; ${command} goes on from there.`
  }

  #show(): void {
    if (!this.#isTerminal) return console.error(this.#numbers())
    const width = (process.stderr.columns ?? 80) - 1
    const line = Array.from(`${this.#numbers()}  ${this.#names()}`).slice(0, width)
    while (stringWidth(line.join('')) > width) line.pop()
    this.#clear()
    process.stderr.write(line.join(''))
  }

  #clear(): void {
    if (!this.#isTerminal) return
    readline.cursorTo(process.stderr, 0)
    readline.clearLine(process.stderr, 0)
  }

  #numbers(): string {
    const done = this.#kept + this.#made
    const left = ((performance.now() - this.#began) / this.#made) * (this.#total - done)
    const time = this.#programs >= FEW ? `, ${duration(left)} left` : ''
    const kept = this.#kept > 0 ? ` (${this.#kept} from the journal)` : ''
    return `graded ${done}/${this.#total}${kept}${time}`
  }

  #names(): string {
    const names = [...this.#running].map(
      ({ submission, exercise }) => `${printableName(submission.name)} ${exercise.id}`,
    )
    return names.join(', ')
  }
}

function duration(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3600) return `${Math.ceil(seconds / 60)} min`
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`
}
