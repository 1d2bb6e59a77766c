import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { test as base } from 'vitest'
import { StudentProcess } from '../../../grader/student/process.ts'
import type { Reply } from '../../../grader/student/protocol.ts'
import type { Isolation } from '../../../grader/student/sandbox.ts'
import { buildHost, ownSources, prepare } from '../../../grader/student/sources.ts'

/** Starts a process in which `source` is loaded as main.ts; it is ended with the test. */
export type Run = (source: string, options?: { isolation?: Isolation }) => Promise<StudentProcess>
type Answer = Exclude<Reply, { id: 0 }>

type Fixtures = {
  folder: string
  /** the process alone, nothing loaded */
  start: (source: string, options?: { isolation?: Isolation }) => StudentProcess
  run: Run
}

/** `test` with real processes that run a program text. */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures that one needs off the pattern
  folder: async ({}, use) => {
    const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'program-')))
    for (const name of ['scratch', 'submission']) fs.mkdirSync(path.join(folder, name))
    await use(folder)
    fs.rmSync(folder, { recursive: true, force: true })
  },
  start: async ({ folder }, use) => {
    const started: StudentProcess[] = []
    const host = buildHost(folder)
    await use((source, { isolation = 'none' } = {}) => {
      const submission = path.join(folder, 'submission')
      fs.writeFileSync(path.join(submission, 'main.ts'), source)
      const scratch = path.join(folder, 'scratch')
      const packages = { 'iconv-lite': import.meta.filename, '#sockopt': import.meta.filename }
      const student = new StudentProcess({
        host,
        folder: submission,
        scratch,
        isolation,
        setup: { packages },
      })
      started.push(student)
      return student
    })
    await Promise.all(started.map((student) => student.kill()))
  },
  run: async ({ start }, use) => {
    await use(async (source, options) => {
      const student = start(source, options)
      const reply = await load(student)
      if (!reply.ok) throw new Error(`it was not loaded: ${reply.error.message}`)
      return student
    })
  },
})

/** Has main.ts loaded; its reply may say that it could not be. */
export function load(student: StudentProcess): Promise<Answer> {
  const file = path.join(student.started.folder, 'main.ts')
  const sources = { ...ownSources(), ...prepare(student.started.folder) }
  return student.request({ op: 'import', file, sources })
}

export function call(student: StudentProcess, name: string, ...args: unknown[]): Promise<Answer> {
  return student.request({ op: 'call', name, args })
}

/** Whether a process lives; one that has ended and waits to be reaped does not. */
export function lives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    const stat = process.platform === 'linux' ? fs.readFileSync(`/proc/${pid}/stat`, 'latin1') : ''
    return !/\) [ZX] /.test(stat)
  } catch {
    return false
  }
}
