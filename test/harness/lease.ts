import { setTimeout as delay } from 'node:timers/promises'
import { type Death, describe, ProgramDied } from '../../grader/student/death.ts'
import {
  endSpare,
  launch,
  NotLoaded,
  type Program,
  STOP_CHANNEL,
} from '../../grader/student/pool.ts'
import type { StudentProcess } from '../../grader/student/process.ts'
import type { RuntimeView } from '../../grader/student/protocol.ts'
import { Finding } from '../../grader/wire/finding.ts'
import type { Watch } from './watch.ts'

let kept: StudentProcess | undefined
let loading: StudentProcess | undefined
/** why the program of a run could not be loaded: it will not be the next time either */
let unloadable: { run: number; error: unknown } | undefined
let stoppedRun = 0

const stopping = new BroadcastChannel(STOP_CHANNEL)
// The thread must not live for this channel; the web's type of it does not know unref.
;(stopping as unknown as { unref(): void }).unref()
stopping.onmessage = async ({ data }) => {
  if (typeof data === 'number') stoppedRun = data
  await Promise.all([discard(), data === 'end' && endSpare()])
  if (data === 'end') stopping.postMessage('ended')
}

/**
 * A process with the program loaded, for one test. The tests of a suite share one process, one after
 * another, as long as each leaves it as it was; `isFresh` asks for one that no test has used.
 */
export async function lease(
  program: Program & { run: number },
  isFresh: boolean,
  watch: Watch,
): Promise<StudentProcess> {
  if (program.run === stoppedRun) throw new Error('the run was stopped')
  if (unloadable?.run === program.run) throw unloadable.error
  if (kept && (isFresh || kept.death)) await discard()
  if (kept) {
    watch.follow(kept)
    return kept
  }
  const launched = launch(program, (process) => {
    loading = process
    watch.follow(process)
  })
  try {
    kept = await watch.wait(launched, () => ({
      kind: 'not loaded',
      message: 'main.ts was never done loading: its top level awaits something that does not come',
    }))
    loading = undefined
    return kept
  } catch (error) {
    launched.catch(() => {})
    await discard()
    unloadable = { run: program.run, error: findingOf(error) }
    throw unloadable.error
  }
}

function findingOf(error: unknown): unknown {
  if (error instanceof ProgramDied) {
    return new Finding({
      kind: error.death.how,
      message: `while main.ts was loaded, ${error.message}`,
    })
  }
  if (!(error instanceof NotLoaded)) return error
  const where = error.error.at ? ` at ${error.error.at}` : ''
  const message = `main.ts could not be loaded: ${describe(error.error)}${where}`
  return new Finding({ kind: 'not loaded', message })
}

/**
 * Takes a process back after a test; it serves another one only if nothing of the last is left in it.
 * Resolves with how it ended, if it came to grief before that.
 */
export async function giveBack(
  student: StudentProcess,
  isSpoilt: boolean,
): Promise<Death | undefined> {
  student.removeAllListeners()
  const isUsable = !student.death && (await isClean(student)) && !isSpoilt
  const { death } = student
  if (!isUsable) await discard()
  return death
}

/** Ends the process that the suite used, and all that it started. */
export async function discard(): Promise<void> {
  const last = [kept, loading]
  kept = undefined
  loading = undefined
  await Promise.all(last.map((process) => process?.kill()))
}

/** What an idle host has of its own besides its channel: its standard streams. */
const OWN = new Set(['PipeWrap', 'TTYWrap'])
/** How long a program may take to close what a test opened before it is replaced, in milliseconds. */
const CLEAN_MS = 2_000

async function isClean(student: StudentProcess): Promise<boolean> {
  const patience = delay(CLEAN_MS, false, { ref: false })
  return Promise.race([closesAll(student), patience])
}

async function closesAll(student: StudentProcess): Promise<boolean> {
  try {
    await student.request({ op: 'release' })
    // Sockets close a turn or two after their servers do; what is being printed is waited for.
    for (let look = 0; look < 5; ) {
      const reply = await student.request({ op: 'view' })
      if (!reply.ok || 'handle' in reply) return false
      const { resources, threads } = reply.value as RuntimeView
      if (threads === 0 && resources.every((resource) => OWN.has(resource))) return true
      if (resources.includes('SimpleWriteWrap')) await delay(5)
      else look += 1
    }
  } catch {
    // it died while asked
  }
  return false
}
