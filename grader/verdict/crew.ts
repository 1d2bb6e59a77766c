import { type ChildProcess, fork } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { ExerciseInfo } from '../manifest.ts'
import { workerSandbox } from '../student/bubblewrap.ts'
import { removeLeavings } from '../student/leavings.ts'
import type { Isolation } from '../student/sandbox.ts'
import type { Verdict } from './result.ts'
import { newSeed } from './run.ts'
import type { Answer, Job } from './worker.ts'

/** How long one job may take before its worker is taken for broken, in milliseconds. */
const JOB_LIMIT_MS = 600_000

/** The memory that a worker takes with the programs that it has started, in bytes. */
const WORKER_BYTES = 512 * 2 ** 20

type Waiting = { job: Job; done: (verdict: Verdict) => void }

/** Worker processes that grade side by side, one job each at a time. */
export class Crew {
  readonly size: number
  readonly isolation: Isolation
  readonly #waiting: Waiting[] = []
  readonly #idle: ChildProcess[] = []
  readonly #all = new Set<ChildProcess>()

  constructor(isolation: Isolation, size = usualSize()) {
    this.isolation = isolation
    this.size = size
  }

  /** The verdict on one program. A worker that breaks gives a verdict of status `error`. */
  run(exercise: ExerciseInfo, options: Omit<Job['options'], 'isolation'>): Promise<Verdict> {
    const { isolation } = this
    return new Promise((done) => {
      this.#waiting.push({
        job: { exercise: exercise.id, options: { ...options, isolation } },
        done,
      })
      this.#next()
    })
  }

  /** Lets the workers end; jobs that still wait are not done. */
  async close(): Promise<void> {
    const gone = [...this.#all].map(
      (worker) => new Promise((resolve) => worker.once('exit', resolve)),
    )
    for (const worker of this.#all) worker.disconnect()
    await Promise.all(gone)
  }

  #next(): void {
    if (this.#waiting.length === 0) return
    const worker = this.#idle.pop() ?? (this.#all.size < this.size ? this.#hire() : undefined)
    const next = worker && this.#waiting.shift()
    if (worker && next) this.#give(worker, next)
  }

  #hire(): ChildProcess {
    const node = [process.execPath, '--disable-warning=ExperimentalWarning']
    const workspace = fs.mkdtempSync(path.join(os.tmpdir(), 'course-'))
    const [execPath = '', ...execArgv] =
      this.isolation === 'os' ? ['bwrap', ...workerSandbox(workspace), ...node] : node
    const worker = fork(path.join(import.meta.dirname, 'worker.ts'), [workspace], {
      execPath,
      execArgv,
      serialization: 'advanced',
      // A group of its own: an interrupt from the keyboard is for the coordinator alone.
      detached: true,
    })
    this.#all.add(worker)
    worker.once('exit', () => removeLeavings(workspace))
    worker.once('exit', () => this.#all.delete(worker))
    return worker
  }

  #give(worker: ChildProcess, { job, done }: Waiting): void {
    const finish = (verdict: Verdict, isUsable: boolean) => {
      clearTimeout(limit)
      worker.off('message', answered)
      worker.off('exit', died)
      if (isUsable) this.#idle.push(worker)
      else worker.kill('SIGKILL')
      done(verdict)
      this.#next()
    }
    const answered = (answer: Answer) => {
      finish('verdict' in answer ? answer.verdict : broken(job, answer.failed), true)
    }
    const died = () => finish(broken(job, 'the process that graded it ended'), false)
    const limit = setTimeout(
      () => finish(broken(job, 'the grader took too long'), false),
      JOB_LIMIT_MS,
    )
    worker.on('message', answered)
    worker.on('exit', died)
    worker.send(job)
  }
}

/** Twice as many as cores, as most of a run is waiting; as many as there is memory for. */
function usualSize(): number {
  const most = Math.floor(process.availableMemory() / WORKER_BYTES)
  return Math.max(1, Math.min(2 * os.availableParallelism(), most))
}

function broken(job: Job, message: string): Verdict {
  return {
    exercise: job.exercise,
    status: 'error',
    message,
    durationMs: 0,
    seed: job.options.seed ?? newSeed(),
    outcomes: [],
  }
}
