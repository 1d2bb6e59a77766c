import path from 'node:path'
import colors from 'yoctocolors'
import { type ExerciseInfo, exercises } from '../manifest.ts'
import { readProgress } from '../progress.ts'
import { verdictText } from '../report/verdict-text.ts'
import { taskText } from '../task.ts'
import { stagesOf, type Verdict } from '../verdict/result.ts'
import { Runner } from '../verdict/run.ts'
import { markPassed } from './check.ts'
import { listenToKeys } from './start-keys.ts'
import { Site } from './start-site.ts'
import { watchSaves } from './start-watch.ts'

type Options = { once?: boolean; site: boolean; port?: number }

/**
 * The student's loop: shows the next exercise, grades what is saved, and serves the lesson site beside
 * it. A save during a run stops that run and begins anew. Ends at `q`, at the end of the course's
 * patience (Ctrl-C), or with `--once`.
 */
export async function start(options: Options): Promise<number> {
  const session = new Session()
  try {
    session.show(nextExercise())
    if (options.once) await session.grade(session.current)
    else await session.run(options)
    return 0
  } finally {
    await session.close()
  }
}

/** The first exercise not yet passed after `current`, going round; the last of the course when all are. */
export function nextExercise(current?: ExerciseInfo): ExerciseInfo {
  const { passed } = readProgress()
  const from = current ? exercises.indexOf(current) + 1 : 0
  const round = [...exercises.slice(from), ...exercises.slice(0, from)]
  const next = round.find(({ id }) => !passed[id]) ?? exercises.at(-1)
  if (!next) throw new Error('course.ts lists no exercise')
  return next
}

class Session {
  current: ExerciseInfo = nextExercise()
  #site: Site | undefined
  readonly #runner = new Runner()
  #running: AbortController | undefined
  /** the stage whose task was shown last */
  #stage: string | undefined

  /** Prints an exercise's task and makes it the current one. */
  show(exercise: ExerciseInfo): void {
    this.current = exercise
    this.#site?.tell({ event: 'current', id: exercise.id })
    const done = Object.keys(readProgress().passed).length
    const rule = '─'.repeat(Math.min(process.stdout.columns ?? 80, 80))
    console.log(colors.dim(rule))
    console.log(
      `${colors.bold(exercise.title)}  ${colors.dim(`${exercise.id}, ${done} of ${exercises.length} passed`)}\n`,
    )
    console.log(`${taskText(exercise)}\n`)
    console.log(`write     ${near(exercise.main)}`)
    console.log(`read      ${near(exercise.readme)}\n`)
  }

  /** Grades one exercise and prints the verdict; a later call stops an earlier one. */
  async grade(exercise: ExerciseInfo): Promise<void> {
    this.#running?.abort()
    const running = new AbortController()
    this.#running = running
    this.#site?.tell({ event: 'grading', id: exercise.id })
    const verdict = await this.#runner.run(exercise, {
      file: exercise.main,
      signal: running.signal,
    })
    if (running.signal.aborted) return
    console.log(`${verdictText(exercise, verdict)}\n`)
    if (verdict.status === 'pass') this.#passed(exercise)
    if (verdict.status === 'fail') this.#showStage(exercise, verdict)
    if (verdict.status === 'missing') console.log(beginning(exercise))
    this.#site?.tell({ event: 'verdict', id: exercise.id, verdict })
  }

  /** Watches and listens until the student quits. */
  async run({ site, port }: Options): Promise<void> {
    await this.#runner.warm(this.current)
    const saves = watchSaves(exercises, (exercise) => {
      if (exercise !== this.current) this.show(exercise)
      console.log(colors.dim(`saved ${exercise.id}, grading …`))
      this.#site?.tell({ event: 'saved', id: exercise.id })
      void this.grade(exercise)
    })
    console.log(beginning(this.current))
    if (site) this.#site = new Site({ current: this.current.id, port })
    try {
      await listenToKeys({
        current: () => this.current,
        show: (exercise) => this.show(exercise),
        grade: () => void this.grade(this.current),
      })
    } finally {
      saves.close()
    }
  }

  async close(): Promise<void> {
    this.#running?.abort()
    await Promise.all([this.#runner.close(), this.#site?.close()])
  }

  /** In an exercise with stages: the task of the first that is not passed, when it is another one now. */
  #showStage(exercise: ExerciseInfo, verdict: Verdict): void {
    const stage = stagesOf(verdict).find(({ isPassed }) => !isPassed)?.name
    if (stage && stage !== this.#stage) console.log(`${taskText(exercise, stage)}\n`)
    this.#stage = stage
  }

  #passed(exercise: ExerciseInfo): void {
    markPassed(exercise)
    const { passed } = readProgress()
    const isAll = exercises.every(({ id }) => passed[id])
    if (isAll) console.log(colors.green('All exercises are passed.'))
    else if (process.stdin.isTTY)
      console.log(`next      press n: ${nextExercise(exercise).title}\n`)
    else console.log(`next      ${nextExercise(exercise).id}\n`)
  }
}

function beginning(exercise: ExerciseInfo): string {
  return `next      edit ${near(exercise.main)} and save it; each save is graded at once\n`
}

/** A path as short as it can be said here. */
function near(file: string): string {
  const relative = path.relative(process.cwd(), file)
  return relative.startsWith('..') ? file : relative
}
