import { describe } from '../../grader/student/death.ts'
import { launch, NotLoaded, type Program, STOP_CHANNEL } from '../../grader/student/pool.ts'
import type { StudentProcess } from '../../grader/student/process.ts'
import type { RuntimeView } from '../../grader/student/protocol.ts'
import { Finding } from '../../grader/wire/finding.ts'

let kept: StudentProcess | undefined
let stoppedRun = 0

const stopping = new BroadcastChannel(STOP_CHANNEL)
// The thread must not live for this channel; the web's type of it does not know unref.
;(stopping as unknown as { unref(): void }).unref()
stopping.onmessage = ({ data }) => {
  stoppedRun = data as number
  void discard()
}

/**
 * A process with the program loaded, for one test. The tests of a suite share one process, one after
 * another, as long as each leaves it as it was; `isFresh` asks for one that no test has used.
 */
export async function lease(
  program: Program & { run: number },
  isFresh: boolean,
  onStart: (student: StudentProcess) => void,
): Promise<StudentProcess> {
  if (program.run === stoppedRun) throw new Error('the run was stopped')
  if (kept && (isFresh || kept.death)) await discard()
  if (kept) onStart(kept)
  try {
    kept ??= await launch(program, onStart)
    return kept
  } catch (error) {
    if (!(error instanceof NotLoaded)) throw error
    const where = error.error.at ? ` at ${error.error.at}` : ''
    const message = `main.ts could not be loaded: ${describe(error.error)}${where}`
    throw new Finding({ kind: 'not loaded', message })
  }
}

/** Takes a process back after a test; it serves another one only if nothing of the last is left in it. */
export async function giveBack(student: StudentProcess, isSpoilt: boolean): Promise<void> {
  student.removeAllListeners()
  if (isSpoilt || student.death || !(await isClean(student))) await discard()
}

/** Ends the process that the suite used, and all that it started. */
export async function discard(): Promise<void> {
  const last = kept
  kept = undefined
  await last?.kill()
}

/** What an idle host has of its own besides its channel: its standard streams. */
const OWN = new Set(['PipeWrap', 'TTYWrap'])

async function isClean(student: StudentProcess): Promise<boolean> {
  try {
    await student.request({ op: 'release' })
    // Sockets close a turn or two after their servers do.
    for (let look = 0; look < 5; look++) {
      const reply = await student.request({ op: 'view' })
      if (!reply.ok || 'handle' in reply) return false
      const { resources, threads } = reply.value as RuntimeView
      if (threads === 0 && resources.every((resource) => OWN.has(resource))) return true
    }
  } catch {
    // it died while asked
  }
  return false
}
