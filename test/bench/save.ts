/** The way that `npm start` goes: a file is saved, its watcher settles, a warm runner grades it. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { type ExerciseInfo, root } from '../../grader/manifest.ts'
import { verdictText } from '../../grader/report/verdict-text.ts'
import { Runner } from '../../grader/verdict/run.ts'
import type { Way } from './ways.ts'

/** How long a save may go unnoticed, in milliseconds. */
const LIMIT_MS = 10_000

/** watchSaves knows one folder, exercises/, where a bench must not write: here is its mechanism again. */
const SETTLE_MS = settleMs()

/** One student's exercise: a folder with a main.ts, its watcher, and the runner that `start` keeps. */
export class Save implements Way {
  readonly name = 'save to verdict'
  /** of each run, in milliseconds: until the watcher has settled, and until the verdict was made */
  readonly parts: { settled: number; graded: number }[] = []
  /** the titles of the hidden tests, in order; of the last run */
  titles: string[] = []
  readonly #exercise: ExerciseInfo
  readonly #runner = new Runner()
  readonly #folder: string
  readonly #watcher: fs.FSWatcher
  /** what is printed goes to a terminal in life, and nowhere here: the table is not to be buried */
  readonly #screen = fs.openSync(os.devNull, 'w')
  #saves = 0
  #timer: NodeJS.Timeout | undefined
  #onSave = () => {}

  constructor(exercise: ExerciseInfo) {
    this.#exercise = exercise
    this.#folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'course-bench-'))
    this.#watcher = fs.watch(this.#folder, { recursive: true }, () => {
      clearTimeout(this.#timer)
      this.#timer = setTimeout(() => this.#onSave(), SETTLE_MS)
    })
  }

  async run(): Promise<number> {
    const file = path.join(this.#folder, 'main.ts')
    this.#saves += 1
    // Each save has its own text, so that nothing on the way can take it for one already known.
    const text = `${fs.readFileSync(this.#exercise.solution, 'utf8')}\n// save ${this.#saves}\n`
    const began = performance.now()
    fs.writeFileSync(file, text)
    await this.#saved()
    const settled = performance.now() - began
    const options = { file, isolation: 'node', signal: new AbortController().signal } as const
    const verdict = await this.#runner.run(this.#exercise, options)
    const graded = performance.now() - began
    const words = verdictText(this.#exercise, verdict)
    fs.writeSync(this.#screen, `${words}\n\n`)
    const ms = performance.now() - began
    if (verdict.status !== 'pass') throw new Error(`${this.name} did not pass:\n${words}`)
    this.titles = verdict.outcomes.map(({ title }) => title)
    this.parts.push({ settled, graded: graded - settled })
    return ms
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer)
    this.#watcher.close()
    await this.#runner.close()
    fs.closeSync(this.#screen)
    fs.rmSync(this.#folder, { recursive: true, force: true })
  }

  #saved(): Promise<void> {
    return new Promise((resolve, reject) => {
      const fail = () =>
        reject(new Error(`a save in ${this.#folder} went unnoticed for ${LIMIT_MS} ms`))
      const limit = setTimeout(fail, LIMIT_MS)
      this.#onSave = () => {
        clearTimeout(limit)
        resolve()
      }
    })
  }
}

/** Read off the watcher's source: a copy would go on measuring the old number when that one changes. */
function settleMs(): number {
  const source = fs.readFileSync(path.join(root, 'grader/commands/start-watch.ts'), 'utf8')
  const found = /^const SETTLE_MS = (\d+)$/m.exec(source)?.[1]
  if (found === undefined)
    throw new Error('grader/commands/start-watch.ts has no SETTLE_MS any more: see save.ts')
  return Number(found)
}
