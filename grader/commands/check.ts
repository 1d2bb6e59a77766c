import path from 'node:path'
import { BadCall } from '../exit.ts'
import { interruptible } from '../interrupt.ts'
import { type ExerciseInfo, exercises } from '../manifest.ts'
import { updateProgress } from '../progress.ts'
import { failedLines } from '../report/failed-lines.ts'
import { typesText } from '../report/types-text.ts'
import { verdictText } from '../report/verdict-text.ts'
import { checkTypes } from '../student/type-errors.ts'
import type { Outcome, Verdict } from '../verdict/result.ts'
import { Runner, type RunOptions } from '../verdict/run.ts'
import { type Capture, mustBeWritable, writePcap } from '../wire/pcapng.ts'
import { debugOptions } from './check-debug.ts'
import { chosenTests } from './check-tests.ts'
import { gradeAtEachSave } from './check-watch.ts'

export type CheckOptions = {
  seed?: string
  file?: string
  watch?: boolean
  test?: string
  wire?: boolean
  debug?: boolean
  pcap?: string
}

/**
 * Grades exercises once, or again at each save. 0 when all pass, 1 when not, 3 when the grader failed;
 * 0 at the end of watching.
 */
export async function check(named: ExerciseInfo[], options: CheckOptions): Promise<number> {
  refuseNonsense(named, options)
  const chosen = named.length > 0 ? named : exercises
  if (options.pcap) mustBeWritable(options.pcap)
  const runner = new Runner(options.debug ? { debug: await debugOptions() } : {})
  // One look at all exercises' types, or one after each save.
  const types = options.watch || options.file ? undefined : checkTypes()
  const grade = (exercise: ExerciseInfo, how: Pick<RunOptions, 'only' | 'signal'>) =>
    gradeOne(runner, exercise, { ...options, ...how, types: options.watch ? checkTypes() : types })
  if (options.watch) {
    const tests = await chosenTests(runner, chosen, options.test)
    return gradeAtEachSave(tests, grade).finally(() => runner.close())
  }
  const statuses = new Set<string>()
  // Of a run that is interrupted nobody wants the verdict.
  const stopped = new AbortController()
  const gradeAll = async () => {
    for (const [exercise, only] of await chosenTests(runner, chosen, options.test)) {
      statuses.add((await grade(exercise, { only, signal: stopped.signal })).status)
    }
  }
  await interruptible(gradeAll, () => {
    stopped.abort()
    return runner.close()
  })
  if (statuses.has('error')) return 3
  return statuses.size === 1 && statuses.has('pass') ? 0 : 1
}

type How = CheckOptions &
  Pick<RunOptions, 'only' | 'signal'> & { types: ReturnType<typeof checkTypes> | undefined }

async function gradeOne(
  runner: Runner,
  exercise: ExerciseInfo,
  { seed, file, wire, debug, pcap, only, signal, types }: How,
): Promise<Verdict> {
  const began = Date.now()
  const verdict = await runner.run(exercise, {
    file: file ? path.resolve(file) : exercise.main,
    ...(seed && { seed }),
    ...(only && { only }),
    ...(signal && { signal }),
    // Locked up, it could not be reached by a debugger.
    ...(debug && { isolation: 'none' }),
  })
  if (signal?.aborted) return verdict
  const said = types && verdict.status !== 'missing' ? (await types)(exercise.main) : []
  if (said.length > 0) console.log(`${typesText(said)}\n`)
  console.log(
    `${verdictText(exercise, verdict, { isWireShown: wire, isPart: only !== undefined })}`,
  )
  for (const line of failedLines(verdict, file ? path.resolve(file) : exercise.main))
    console.log(line)
  if (pcap) console.log(`pcap      ${captured(pcap, verdict, began)}`)
  console.log()
  if (verdict.status === 'pass' && !file && !only) markPassed(exercise)
  return verdict
}

/** Writes the recordings of a verdict's tests in their order; says what is in the file. */
function captured(file: string, { outcomes, status }: Verdict, began: number): string {
  if (status !== 'pass' && status !== 'fail') return `nothing to write to ${file}: no test ran`
  const capture = ({ title, status, finding, wire }: Outcome): Capture => ({
    title: `${status === 'pass' ? '✓' : status === 'skip' ? '-' : '✗'} ${title}`,
    recording: wire,
    notes: finding ? [finding.message] : [],
  })
  return writePcap(file, outcomes.map(capture), began)
}

function refuseNonsense(named: ExerciseInfo[], options: CheckOptions): void {
  const { file, pcap, debug, watch } = options
  const isOne = named.length === 1
  if (file && !isOne) throw new BadCall('--file goes with exactly one exercise id')
  if (pcap && !isOne) throw new BadCall('--pcap goes with exactly one exercise id: one file a run')
  if (debug && !isOne) throw new BadCall('--debug goes with exactly one exercise id')
  if (watch && file)
    throw new BadCall('--watch waits for saves of the exercise’s own files; leave --file out')
  if (watch && debug)
    throw new BadCall('--debug grades once, at the pace of the debugger; leave --watch out')
}

/** Notes when an exercise was first passed. */
export function markPassed({ id }: ExerciseInfo): void {
  updateProgress(({ passed }) => {
    passed[id] ??= new Date().toISOString()
  })
}
