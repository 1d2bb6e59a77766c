import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { expect } from 'vitest'
import { root } from '../../../grader/manifest.ts'
import { launch, NotLoaded, type Program, startSpare } from '../../../grader/student/pool.ts'
import type { StudentProcess } from '../../../grader/student/process.ts'
import { childrenOf } from '../../../grader/student/quiet.ts'
import { buildHost } from '../../../grader/student/sources.ts'
import { test as base, lives } from './program.ts'

/** A program made of a text; every process that was started for it is ended with the test. */
const test = base.extend<{
  make: (name: string, source: string) => Program
  seen: StudentProcess[]
}>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures that one needs off the pattern
  seen: async ({}, use) => {
    const seen: StudentProcess[] = []
    await use(seen)
    await Promise.all(seen.map((student) => student.kill()))
  },
  make: async ({ folder, seen }, use) => {
    const host = buildHost(folder)
    const made: Program[] = []
    await use((name, source) => {
      const file = path.join(folder, name, 'main.ts')
      fs.mkdirSync(path.dirname(file))
      fs.writeFileSync(file, source)
      const program: Program = {
        file,
        isolation: 'none',
        host,
        scratch: path.join(folder, 'scratch'),
        isAhead: true,
      }
      made.push(program)
      return program
    })
    // The spare is of the last folder asked for.
    const last = made.at(-1)
    if (last) seen.push(startSpare(last))
  },
})

test('the program is loaded in the process that was started ahead', async ({ make, seen }) => {
  const program = make('one', "export const name = () => 'one'")
  const spare = startSpare(program)
  expect(startSpare(program)).toBe(spare)
  const student = await launch(program, (started) => seen.push(started))
  expect(student).toBe(spare)
  expect(await student.request({ op: 'call', name: 'name', args: [] })).toMatchObject({
    value: 'one',
  })
})

test('the next one is started as soon as one is taken', async ({ make, seen }) => {
  const program = make('one', 'export const x = 1')
  const first = await launch(program, (started) => seen.push(started))
  const ahead = startSpare(program)
  expect(ahead).not.toBe(first)
  expect(lives(ahead.pid)).toBe(true)
  expect(await launch(program, (started) => seen.push(started))).toBe(ahead)
})

test('none is started ahead where nobody would wait for it', async ({ make, seen }) => {
  const program = { ...make('one', 'export const x = 1'), isAhead: false }
  await launch(program, (started) => seen.push(started))
  const started = childrenOf(process.pid).filter((id) => {
    return fs.readlinkSync(`/proc/${id}/cwd`) === path.dirname(program.file)
  })
  expect(started).toEqual([seen[0]?.pid])
})

test('a spare for another folder, in another isolation or dead is not used', async ({ make }) => {
  const one = make('one', '')
  const two = make('two', '')
  const spare = startSpare(one)
  const other = startSpare(two)
  expect(other).not.toBe(spare)
  await spare.kill()
  const locked = startSpare({ ...two, isolation: 'node' })
  expect(locked).not.toBe(other)
  await other.kill()
  locked.condemn({ how: 'killed', message: 'by this test' })
  expect(startSpare({ ...two, isolation: 'node' })).not.toBe(locked)
  await startSpare({ ...two, isolation: 'node' }).kill()
})

test('it runs the text of the moment, not that of when the spare was started', async ({
  make,
  seen,
}) => {
  const program = make('one', 'export const name = () => "old"')
  startSpare(program)
  fs.writeFileSync(program.file, 'export const name = () => "new"')
  const student = await launch(program, (started) => seen.push(started))
  expect(await student.request({ op: 'call', name: 'name', args: [] })).toMatchObject({
    value: 'new',
  })
})

test('a program that cannot be loaded leaves no process', async ({ make, seen }) => {
  const program = make('one', 'export function (')
  await expect(launch(program, (started) => seen.push(started))).rejects.toBeInstanceOf(NotLoaded)
  expect(lives(seen[0]?.pid ?? 0)).toBe(false)
})

test('a program does not outlive a grader that was killed', async ({ make }) => {
  const program = make('one', 'setInterval(() => {}, 1000)')
  const grader = `
    import { launch } from ${JSON.stringify(`${root}/grader/student/pool.ts`)}
    const { pid } = await launch(${JSON.stringify(program)}, () => {})
    console.log(pid)`
  const args = ['--no-warnings', '--input-type=module', '--eval', grader]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const pid = Number((await once(child.stdout, 'data'))[0])
  expect(lives(pid)).toBe(true)
  child.kill('SIGKILL')
  while (lives(pid)) await turn()
})
