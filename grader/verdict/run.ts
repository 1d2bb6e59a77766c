import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import {
  createVitest,
  type TestCase,
  type TestProject,
  type TestSpecification,
  type TestUserConfig,
  type Vitest,
} from 'vitest/node'
import { type ExerciseInfo, isStub, root } from '../manifest.ts'
import { removeLeavings } from '../student/leavings.ts'
import { DEBUG_CHANNEL, STOP_CHANNEL } from '../student/pool.ts'
import { type Isolation, ownIsolation } from '../student/sandbox.ts'
import { buildHost } from '../student/sources.ts'
import { CRASHES, type FindingData, TIMEOUTS } from '../wire/finding.ts'
import type { Outcome, Verdict } from './result.ts'
import { hiddenSuites } from './suites.ts'
import { endWarmWorker, WarmWorker } from './warm-worker.ts'

/** How long one hidden test may take in all, in milliseconds; its single waits end long before. */
const TEST_LIMIT_MS = 60_000

/** How long ending the last processes may take before the thread is ended without, in milliseconds. */
const END_LIMIT_MS = 3_000

export type RunOptions = {
  /** the student's main.ts */
  file: string
  /** the submission that it must lie in, links resolved: nobody hands in a link to somebody else's work */
  within?: string
  seed?: string
  isolation?: Isolation
  /** the titles of the hidden tests to run; all when left out */
  only?: readonly string[]
  /** ends the run; its verdict then is an error that nobody should read */
  signal?: AbortSignal
}

/** A run at the pace of a person with a debugger: no limit of time holds. */
export type DebugOptions = {
  /** where each of the program's processes waits for a debugger, on 127.0.0.1 */
  port: number
  /** called when one waits, with the address that a debugger connects to (`ws:`) */
  onWait: (url: string) => void
}

export type RunnerOptions = {
  /** empty, and for this runner alone; whoever gave it removes it */
  folder?: string
  /** whether programs' processes are started ahead: one process more for each program, for a verdict sooner */
  isAhead?: boolean
  debug?: DebugOptions
}

/**
 * Runs hidden tests against programs, one run at a time. Keep one for as long as there is work: the
 * first run takes half a second to set up, the next ones start at once.
 */
export class Runner {
  #vitest: Promise<Vitest> | undefined
  #last: Promise<unknown> = Promise.resolve()
  /** Vitest ends a run by ending its thread, and the student's process would be left: the harness ends both. */
  readonly #stopping = new BroadcastChannel(STOP_CHANNEL)
  #runs = 0
  #workspace: { folder: string; host: string; scratch: string } | undefined
  readonly #folder: string | undefined
  /** where the program of the last run lies */
  #lastPlace: string | undefined
  readonly #isAhead: boolean
  readonly #debug: DebugOptions | undefined
  #debugging: BroadcastChannel | undefined

  constructor({ folder, isAhead = true, debug }: RunnerOptions = {}) {
    this.#folder = folder
    // Two cannot wait for a debugger at one port.
    this.#isAhead = isAhead && !debug
    this.#debug = debug
    if (!debug) return
    this.#debugging = new BroadcastChannel(DEBUG_CHANNEL)
    this.#debugging.onmessage = ({ data }) => debug.onWait(String(data))
  }

  /** The verdict on one program. Never rejects for what the program does. */
  run(exercise: ExerciseInfo, options: RunOptions): Promise<Verdict> {
    const verdict = this.#last.then(() => this.#run(exercise, options))
    this.#last = verdict.catch(() => {})
    return verdict
  }

  /** Does ahead what the first run on this exercise would have to wait for. */
  async warm(exercise: ExerciseInfo): Promise<void> {
    await this.titles(exercise)
  }

  /** The titles of an exercise's hidden tests, as they stand in outcomes. */
  async titles(exercise: ExerciseInfo): Promise<string[]> {
    const tests = this.#last.then(async () => {
      const vitest = await this.#start()
      const project = vitest.getRootProject()
      this.#provide(project, { file: exercise.main }, newSeed())
      return this.#collect(vitest, project.createSpecification(exercise.hidden))
    })
    this.#last = tests.catch(() => {})
    return (await tests).map(({ title }) => title)
  }

  /** Ends everything; a run that is still under way is stopped, and its verdict is an error. */
  async close(): Promise<void> {
    this.#stopping.postMessage(this.#runs)
    await this.#last
    const vitest = await this.#vitest
    if (vitest) await this.#endPrograms()
    this.#stopping.close()
    this.#debugging?.close()
    await vitest?.close()
    await endWarmWorker()
    if (this.#workspace && !this.#folder) removeLeavings(this.#workspace.folder)
  }

  async #run(exercise: ExerciseInfo, options: RunOptions): Promise<Verdict> {
    const began = performance.now()
    const seed = options.seed ?? newSeed()
    const result = (status: Verdict['status'], outcomes: Outcome[], message?: string): Verdict => ({
      exercise: exercise.id,
      status,
      seed,
      durationMs: Math.round(performance.now() - began),
      outcomes,
      ...(message && { message }),
    })
    try {
      const vitest = await this.#start()
      const project = vitest.getRootProject()
      const specification = project.createSpecification(exercise.hidden, chosen(options.only))
      const missing = whatIsMissing(exercise, options)
      this.#runs += 1
      this.#provide(project, options, seed)
      if (missing) return result('missing', await this.#collect(vitest, specification), missing)
      const stop = () => this.#stopping.postMessage(this.#runs)
      options.signal?.addEventListener('abort', stop)
      if (options.signal?.aborted) stop()
      const run = await vitest.runTestSpecifications([specification])
      options.signal?.removeEventListener('abort', stop)
      if (options.signal?.aborted) return result('error', [], 'the run was stopped')
      // vitest keeps the modules of earlier runs in its answer
      const modules = run.testModules.filter(({ moduleId }) => moduleId === exercise.hidden)
      const problem = run.unhandledErrors[0] ?? modules.flatMap((module) => module.errors())[0]
      if (problem) return result('error', [], `the grader failed: ${messageOf(problem)}`)
      const outcomes = modules
        .flatMap((module) => [...module.children.allTests()].map(outcomeOf))
        .filter(({ title }) => options.only?.includes(title) ?? true)
      if (outcomes.length === 0) return result('error', [], `no test ran from ${exercise.hidden}`)
      const isPass = outcomes.every(({ status }) => status === 'pass' || status === 'skip')
      return result(isPass ? 'pass' : 'fail', outcomes)
    } catch (error) {
      return result('error', [], `the grader failed: ${messageOf(error)}`)
    }
  }

  /** Has the harness end its processes; a harness that was never loaded has none and says nothing. */
  async #endPrograms(): Promise<void> {
    const ended = new Promise((resolve) => {
      this.#stopping.onmessage = ({ data }) => data === 'ended' && resolve(undefined)
    })
    this.#stopping.postMessage('end')
    await Promise.race([ended, delay(END_LIMIT_MS, undefined, { ref: false })])
  }

  /** Tells the harness which program the next run is about. */
  #provide(project: TestProject, options: RunOptions, seed: string): void {
    this.#workspace ??= makeWorkspace(this.#folder)
    const { host, scratch } = this.#workspace
    const isolation = options.isolation ?? ownIsolation()
    // A path that is not there is left as it is: nothing will be started for it.
    const file = fs.existsSync(options.file) ? fs.realpathSync(options.file) : options.file
    // What one program left there is nothing for another to find.
    if (this.#lastPlace !== undefined && this.#lastPlace !== path.dirname(file)) {
      removeLeavings(scratch)
      fs.mkdirSync(scratch, { recursive: true })
    }
    this.#lastPlace = path.dirname(file)
    const debugPort = this.#debug?.port
    project.provide('submission', {
      ...{ file, isolation, host, scratch, seed, run: this.#runs, isAhead: this.#isAhead },
      ...(debugPort !== undefined && { debugPort }),
    })
  }

  /** The tests of a suite as not run. */
  async #collect(vitest: Vitest, specification: TestSpecification): Promise<Outcome[]> {
    const { testModules } = await vitest.collectTests([specification])
    return testModules
      .filter(({ moduleId }) => moduleId === specification.moduleId)
      .flatMap((module) => [...module.children.allTests()].map(unrun))
  }

  #start(): Promise<Vitest> {
    const limit = this.#debug ? 0 : TEST_LIMIT_MS
    const options: TestUserConfig = {
      root,
      config: false,
      watch: false,
      include: ['test/hidden/**/*.test.ts'],
      setupFiles: [path.join(root, 'test/harness/setup.ts')],
      reporters: [{}],
      pool: { name: 'warm', createPoolWorker: WarmWorker.create },
      isolate: false,
      maxWorkers: 1,
      testTimeout: limit,
      hookTimeout: limit,
      coverage: { enabled: false },
    }
    // Outside of middleware mode Vite ends the whole process at the end of stdin.
    this.#vitest ??= keepingSignals(() =>
      createVitest(options, { plugins: [hiddenSuites()], server: { middlewareMode: true } }),
    )
    return this.#vitest
  }
}

/** Vitest ends the process at SIGINT and SIGTERM; here that is for the command to decide. */
async function keepingSignals<T>(create: () => Promise<T>): Promise<T> {
  const signals = ['SIGINT', 'SIGTERM'] as const
  const before = signals.map((signal) => process.listeners(signal))
  const created = await create()
  for (const [i, signal] of signals.entries()) {
    for (const listener of process.listeners(signal)) {
      if (!before[i]?.includes(listener)) process.off(signal, listener)
    }
  }
  return created
}

/** The folders that a runner's programs need, all in one that goes when the runner closes. */
function makeWorkspace(folder = fs.mkdtempSync(path.join(os.tmpdir(), 'course-'))): {
  folder: string
  host: string
  scratch: string
} {
  const scratch = path.join(folder, 'scratch')
  fs.mkdirSync(scratch)
  return { folder, host: buildHost(folder), scratch }
}

/** A seed that nobody knows beforehand. */
export function newSeed(): string {
  return process.env.COURSE_SEED || randomBytes(4).toString('hex')
}

function whatIsMissing(exercise: ExerciseInfo, { file, within }: RunOptions): string | undefined {
  if (!fs.existsSync(file)) return `there is no file ${file}`
  try {
    fs.accessSync(file, fs.constants.R_OK)
  } catch {
    return `${file} may not be read by the grader; its permissions forbid it`
  }
  if (within && !fs.realpathSync(file).startsWith(`${fs.realpathSync(within)}${path.sep}`)) {
    return `${file} is a link that leads out of the submission; hand in the file itself`
  }
  const stat = fs.statSync(file)
  if (!stat.isFile()) return `${file} is no regular file`
  if (stat.size > 1024 * 1024) return undefined
  if (isStub(exercise, fs.readFileSync(file, 'utf8'))) return 'it is the untouched stub'
  return undefined
}

/** What tells vitest which tests to run: their whole names, in which a stage stands before ` > `. */
function chosen(titles: readonly string[] | undefined): { testNames?: string[] } {
  if (!titles) return {}
  return { testNames: titles.flatMap((title) => [title, title.replace(': ', ' > ')]) }
}

/** A test that was not run because there is nothing to run it against. */
function unrun(test: TestCase): Outcome {
  const { points: max = 1, lesson } = test.meta()
  return { ...nameOf(test), status: 'fail', max, lesson, finding: undefined, wire: [] }
}

function nameOf({ name, parent }: TestCase): Pick<Outcome, 'title' | 'stage'> {
  const stage = parent.type === 'suite' ? parent.name : undefined
  return { title: stage ? `${stage}: ${name}` : name, stage }
}

function outcomeOf(test: TestCase): Outcome {
  const meta = test.meta()
  const result = test.result()
  const error = result.errors?.[0] as Thrown | undefined
  const finding = result.state === 'failed' ? findingOf(error, meta.death) : undefined
  return {
    ...nameOf(test),
    status:
      result.state === 'passed' ? 'pass' : result.state === 'failed' ? statusOf(finding) : 'skip',
    max: meta.points ?? 1,
    lesson: meta.lesson,
    finding,
    ...(result.state === 'skipped' && { skipped: result.note ?? 'it does not apply here' }),
    wire: meta.wire ?? [],
  }
}

/** What a test threw, as far as it crosses threads: a Finding, or a StudentError that nobody asked for. */
type Thrown = { finding?: FindingData; how?: 'threw' | 'rejected'; message?: string }

function findingOf(
  error: Thrown | undefined,
  death: { how: FindingData['kind']; message: string } | undefined,
): FindingData {
  const found = error?.finding
  // A dead process explains whatever else was found.
  if (death) return { kind: death.how, message: death.message }
  if (found) return found
  return { kind: error?.how ?? 'wrong value', message: error?.message ?? 'the test failed' }
}

function statusOf(finding: FindingData | undefined): Outcome['status'] {
  if (finding && CRASHES.has(finding.kind)) return 'crash'
  if (finding && TIMEOUTS.has(finding.kind)) return 'timeout'
  return 'fail'
}

function messageOf(error: unknown): string {
  return error instanceof Error || (typeof error === 'object' && error && 'message' in error)
    ? String((error as Error).stack ?? (error as Error).message)
    : String(error)
}
