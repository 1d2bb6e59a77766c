/** Running programs for a page: what it is told, and that nothing outlives it. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { root } from '../../grader/manifest.ts'
import { Examples, findExample } from '../../site/live/examples.ts'
import type { Line } from '../../site/live/line.ts'
import { lives } from '../grader/student/program.ts'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'examples-'))
afterAll(() => fs.rmSync(folder, { recursive: true }))
let programs = 0

function program(source: string): string {
  programs += 1
  const file = path.join(folder, `${programs}.mts`)
  fs.writeFileSync(file, source)
  return file
}

/** Runs a program; `seen` resolves with the first line that has been printed. */
function run(examples: Examples, source: string, leave = new AbortController()) {
  const lines: Line[] = []
  const seen = Promise.withResolvers<string>()
  const ended = examples.run(program(source), leave.signal, (line) => {
    lines.push(line)
    if (line.kind !== 'end') seen.resolve(line.text)
  })
  const printed = (kind: 'stdout' | 'stderr') =>
    lines.map((line) => (line.kind === kind ? line.text : '')).join('')
  return { seen: seen.promise, ended, printed, lines, leave }
}

/** A program that starts another one in a group of its own, tells its number, and never ends. */
const PARENT = `import { spawn } from 'node:child_process'
const child = spawn('sleep', ['60'], { detached: true, stdio: 'inherit' })
console.log(child.pid)
setInterval(() => {}, 1000)`

test('tells what a program prints, as it prints it, and how it ended', async () => {
  const one = run(
    new Examples(),
    `process.stdout.write('粘')\nconsole.error('oh')\nprocess.exitCode = 3\nsetTimeout(() => console.log('包'), 50)`,
  )
  expect(await one.seen).not.toContain('包')
  await one.ended
  expect(one.printed('stdout')).toBe('粘包\n')
  expect(one.printed('stderr')).toBe('oh\n')
  expect(one.lines.at(-1)).toEqual({ kind: 'end', why: 'exit', code: 3 })
})

test('a reader who leaves ends the program and all that it started', async () => {
  const one = run(new Examples(), PARENT)
  const pid = Number(await one.seen)
  one.leave.abort()
  await one.ended
  expect(one.lines.at(-1)).toMatchObject({ kind: 'end', why: 'stop' })
  await expect.poll(() => lives(pid)).toBe(false)
})

test('closing ends every program', async () => {
  const examples = new Examples()
  const both = [run(examples, PARENT), run(examples, PARENT)]
  const pids = await Promise.all(both.map(async ({ seen }) => Number(await seen)))
  examples.close()
  await Promise.all(both.map(({ ended }) => ended))
  for (const pid of pids) await expect.poll(() => lives(pid)).toBe(false)
})

test('a program that ends does not leave behind what it started', async () => {
  const one = run(new Examples(), PARENT.replace(/^setInterval.*$/m, 'child.unref()'))
  const pid = Number(await one.seen)
  await one.ended
  expect(one.lines.at(-1)).toEqual({ kind: 'end', why: 'exit', code: 0 })
  await expect.poll(() => lives(pid)).toBe(false)
})

test('a program has so much time', async () => {
  const one = run(new Examples({ ms: 300 }), 'setInterval(() => {}, 1000)')
  await one.ended
  expect(one.lines).toEqual([{ kind: 'end', why: 'time', code: null }])
})

test('a program may print so much', async () => {
  const one = run(new Examples({ characters: 1000 }), `for (;;) console.log('x'.repeat(99))`)
  await one.ended
  expect(one.printed('stdout')).toBe(`${'x'.repeat(99)}\n`.repeat(10))
  expect(one.lines.at(-1)).toMatchObject({ kind: 'end', why: 'output' })
})

test('so many run at once', async () => {
  const examples = new Examples({ atOnce: 1 })
  const one = run(examples, PARENT)
  expect(examples.areTooMany).toBe(true)
  await one.seen
  one.leave.abort()
  await one.ended
  expect(examples.areTooMany).toBe(false)
})

test('an example is found by its chapter and name', () => {
  const file = path.join(root, 'lessons/01-sockets/examples/two-ends.ts')
  expect(findExample('01-sockets/two-ends')).toBe(file)
})

test.each([
  '01-sockets/nothing',
  '01-sockets/two-ends.ts',
  '01-sockets/',
  '/two-ends',
  '01-sockets/../examples/two-ends',
  '01-sockets/../../../06-sticky-packets/examples/glued',
  '../lessons/01-sockets/two-ends',
  '02-tcp-clients/../01-sockets/two-ends',
  '__proto__/constructor',
  '01-sockets/two-ends\0',
])('“%s” is none', (place) => {
  expect(findExample(place)).toBeUndefined()
})
