import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { MirroredError } from './protocol.ts'
import { StudentProcess } from './process.ts'
import { hostFile, type Isolation } from './sandbox.ts'
import { buildHost, prepare } from './sources.ts'

/** Which program to run, and how well to lock it up. */
export type Program = { file: string; isolation: Isolation }

/** Numbers of runs that are to end at once go over this BroadcastChannel, from the runner to the harness. */
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
const packages = { 'iconv-lite': here }
let spare: StudentProcess | undefined
let scratch: string | undefined
let host: string | undefined

/**
 * A process in which `program` is loaded. One process is always started ahead for the folder asked
 * for last, so that a verdict does not wait for a process to start. `onStart` learns of the process
 * before the program is loaded. Rejects with NotLoaded or ProgramDied.
 */
export async function launch(
  program: Program,
  onStart: (student: StudentProcess) => void,
): Promise<StudentProcess> {
  const student = takeSpare(program)
  onStart(student)
  const sources = prepare(path.dirname(program.file))
  const reply = await student.request({ op: 'import', file: program.file, sources })
  if (reply.ok) return student
  await student.kill()
  throw new NotLoaded(reply.error)
}

/** Ends the process that was started ahead, if any, and removes the folders made for it. */
export async function drain(): Promise<void> {
  await spare?.kill()
  spare = undefined
  if (scratch) fs.rmSync(scratch, { recursive: true, force: true })
  scratch = undefined
  if (host) fs.rmSync(path.dirname(host), { recursive: true, force: true })
  host = undefined
}

/** The only folder outside its own that a student's program may write to. */
export function scratchFolder(): string {
  scratch ??= fs.mkdtempSync(path.join(os.tmpdir(), 'course-'))
  return scratch
}

function takeSpare(program: Program): StudentProcess {
  const folder = path.dirname(program.file)
  const usable = spare && !spare.death && spare.started.folder === folder && spare.started.isolation === program.isolation
  const taken = usable && spare ? spare : startProcess(program)
  if (!usable) void spare?.kill()
  spare = startProcess(program)
  return taken
}

function startProcess({ file, isolation }: Program): StudentProcess {
  host ??= buildHost(hostFile, fs.mkdtempSync(path.join(os.tmpdir(), 'course-host-')))
  const folder = path.dirname(file)
  return new StudentProcess({ host, folder, scratch: scratchFolder(), isolation, setup: { packages } })
}
