import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { MirroredError, Reply } from './protocol.ts'
import { StudentProcess } from './process.ts'
import type { Isolation } from './sandbox.ts'
import { transformAll } from './transform.ts'

/** Which program to run, and how well to lock it up. */
export type Program = { file: string; isolation: Isolation }

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

/**
 * A process in which `program` is loaded. One process is always started ahead for the folder asked
 * for last, so that a verdict does not wait for a process to start. `onStart` learns of each process
 * that is tried. Rejects with NotLoaded or ProgramDied.
 */
export async function launch(
  program: Program,
  onStart: (student: StudentProcess) => void,
): Promise<StudentProcess> {
  const student = takeSpare(program)
  onStart(student)
  const loaded = await load(student, program.file)
  if (loaded.ok) return student
  await student.kill()
  if (loaded.error.code !== 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX') throw new NotLoaded(loaded.error)
  // Node only strips types; `enum` and the like are translated here, outside the student's process.
  const transformed = await transformAll(path.dirname(program.file))
  const second = startProcess(program, transformed)
  onStart(second)
  const reloaded = await load(second, program.file)
  if (reloaded.ok) return second
  await second.kill()
  throw new NotLoaded(reloaded.error)
}

/** Ends the process that was started ahead, if any, and removes the scratch folder. */
export async function drain(): Promise<void> {
  await spare?.kill()
  spare = undefined
  if (scratch) fs.rmSync(scratch, { recursive: true, force: true })
  scratch = undefined
}

/** The only folder outside its own that a student's program may write to. */
export function scratchFolder(): string {
  scratch ??= fs.mkdtempSync(path.join(os.tmpdir(), 'course-'))
  return scratch
}

function takeSpare(program: Program): StudentProcess {
  const folder = path.dirname(program.file)
  const usable = spare && !spare.death && spare.started.folder === folder && spare.started.isolation === program.isolation
  const taken = usable && spare ? spare : startProcess(program, {})
  if (!usable) void spare?.kill()
  spare = startProcess(program, {})
  return taken
}

function startProcess({ file, isolation }: Program, transformed: Record<string, string>): StudentProcess {
  const setup = { packages, transformed }
  return new StudentProcess({ folder: path.dirname(file), scratch: scratchFolder(), isolation, setup })
}

type Failed = Extract<Reply, { ok: false }>

async function load(student: StudentProcess, file: string): Promise<{ ok: true } | Failed> {
  const reply = await student.request({ op: 'import', file })
  return reply.ok ? { ok: true } : reply
}
