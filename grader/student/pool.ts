import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { StudentProcess } from './process.ts'
import type { MirroredError } from './protocol.ts'
import type { Isolation } from './sandbox.ts'
import { ownSources, prepare } from './sources.ts'

/** Which program to run, how well to lock it up, and the folders made for it. */
export type Program = {
  file: string
  isolation: Isolation
  /** the host program, built by buildHost */
  host: string
  /** the only folder outside its own that the program may write to */
  scratch: string
  /** whether the next process is started ahead, so that nobody waits for it; else none is started in vain */
  isAhead: boolean
  /** the port on 127.0.0.1 at which each process waits for a debugger before it does anything */
  debugPort?: number
}

/** A BroadcastChannel on which the runner learns where a process waits for a debugger (`ws:…`). */
export const DEBUG_CHANNEL = 'course-debug'

/**
 * A BroadcastChannel between the runner and the harness in its thread. The runner sends the number of a
 * run that is to end at once, or `end`; to that the harness answers `ended` when no process is left.
 */
export const STOP_CHANNEL = 'course-stop'

/** The program could not even be loaded: a syntax error, an error at import. */
export class NotLoaded extends Error {
  readonly error: MirroredError
  constructor(error: MirroredError) {
    super(error.message)
    this.name = 'NotLoaded'
    this.error = error
  }
}

const here = fileURLToPath(import.meta.url)
const packages = { 'iconv-lite': here, '#sockopt': here }
let spare: StudentProcess | undefined

/**
 * A process in which `program` is loaded. Where it says so, one process is always started ahead for the folder
 * asked for last, so that a verdict does not wait for a process to start; it ends by itself when its channel
 * closes. `onStart` learns of the process before the program is loaded. Rejects with NotLoaded or
 * ProgramDied.
 */
export async function launch(
  program: Program,
  onStart: (student: StudentProcess) => void,
): Promise<StudentProcess> {
  const student = takeSpare(program)
  onStart(student)
  const sources = { ...ownSources(), ...prepare(path.dirname(program.file)) }
  const reply = await student.request({ op: 'import', file: program.file, sources })
  if (reply.ok) return student
  await student.kill()
  throw new NotLoaded(reply.error)
}

/** Starts a process ahead for the program's folder, unless one waits already. */
export function startSpare(program: Program): StudentProcess {
  const { death, started } = spare ?? {}
  const isUsable =
    !death &&
    started?.folder === path.dirname(program.file) &&
    started.isolation === program.isolation
  if (spare && isUsable) return spare
  void spare?.kill()
  spare = startProcess(program)
  return spare
}

/** Ends the process that was started ahead. */
export async function endSpare(): Promise<void> {
  const last = spare
  spare = undefined
  await last?.kill()
}

function takeSpare(program: Program): StudentProcess {
  const taken = startSpare(program)
  spare = program.isAhead ? startProcess(program) : undefined
  return taken
}

function startProcess({ file, isolation, host, scratch, debugPort }: Program): StudentProcess {
  const folder = path.dirname(file)
  const started = { host, folder, scratch, isolation, setup: { packages } }
  if (debugPort === undefined) return new StudentProcess(started)
  const student = new StudentProcess({ ...started, debugPort })
  const channel = new BroadcastChannel(DEBUG_CHANNEL)
  student.once('waits', (url) => {
    channel.postMessage(url)
    channel.close()
  })
  return student
}
