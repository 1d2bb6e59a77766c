/** Progress in a copy of the grader, changed by processes of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { root } from '../../grader/manifest.ts'
import type { Progress } from '../../grader/progress.ts'

let copy = ''
beforeEach(() => {
  copy = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'copy-')))
  fs.mkdirSync(path.join(copy, 'grader'))
  for (const name of [
    'course.ts',
    'package.json',
    'grader/manifest.ts',
    'grader/progress.ts',
    'grader/exit.ts',
  ]) {
    fs.copyFileSync(path.join(root, name), path.join(copy, name))
  }
})
afterEach(() => fs.rmSync(copy, { recursive: true }))

const workFolder = () => path.join(copy, '.course')
const file = () => path.join(workFolder(), 'progress.json')
const write = (content: string) => {
  fs.mkdirSync(workFolder(), { recursive: true })
  fs.writeFileSync(file(), content)
}
const read = (): Progress => JSON.parse(fs.readFileSync(file(), 'utf8'))

/** Starts a process of its own that does `work` with readProgress and updateProgress. */
function begin(work: string): ChildProcess {
  const source = `import { readProgress, updateProgress } from './grader/progress.ts'\n${work}`
  const args = ['--no-warnings', '--input-type=module', '--eval', source]
  return spawn(process.execPath, args, { cwd: copy, stdio: ['ignore', 'pipe', 'pipe'] })
}

async function run(work: string): Promise<{ stdout: string; stderr: string; code: number }> {
  const child = begin(work)
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout as NodeJS.ReadableStream),
    text(child.stderr as NodeJS.ReadableStream),
    once(child, 'close'),
  ])
  return { stdout, stderr, code }
}

const EMPTY = { version: 1, passed: {}, hints: {} }
const readIt = 'console.log(JSON.stringify(readProgress()))'
const pass = (id: string) =>
  `updateProgress(({ passed }) => { passed[${JSON.stringify(id)}] = 'now' })`

test('without a file there is no progress, and reading makes none', async () => {
  const { stdout, stderr } = await run(readIt)
  expect(JSON.parse(stdout)).toEqual(EMPTY)
  expect(stderr).toBe('')
  expect(fs.existsSync(workFolder())).toBe(false)
})

test('what is changed is there for the next process, and nothing else is', async () => {
  await run(pass('first'))
  await run('updateProgress(({ hints }) => { hints.first = 2 })')
  expect(read()).toEqual({ version: 1, passed: { first: 'now' }, hints: { first: 2 } })
  expect(fs.readdirSync(workFolder())).toEqual(['progress.json'])
})

test.each([
  ['half a write', '{"version": 1, "passed": {"a'],
  ['nothing', ''],
  ['another version', '{"version": 2, "passed": {}, "hints": {}}'],
  ['no object', 'null'],
  ['an array for a record', '{"version": 1, "passed": [], "hints": {}}'],
  ['a conflict of git', '<<<<<<< HEAD\n{}\n=======\n'],
])('a file that holds %s is kept aside, told of, and progress begins anew', async (_, content) => {
  write(content)
  const { stdout, stderr, code } = await run(`${pass('first')}\n${readIt}`)
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toEqual({ ...EMPTY, passed: { first: 'now' } })
  const [aside, ...others] = fs.readdirSync(workFolder()).filter((name) => name !== 'progress.json')
  expect(others).toEqual([])
  expect(aside).toMatch(/^progress\.json\.unreadable-\d+$/)
  expect(fs.readFileSync(path.join(workFolder(), aside ?? ''), 'utf8')).toBe(content)
  expect(stderr).toContain(aside)
})

test('a file that cannot be opened is not taken for no progress', async () => {
  fs.mkdirSync(file(), { recursive: true })
  const { stderr } = await run(readIt)
  expect(stderr).toContain('progress')
})

test('a write that was killed leaves the old progress whole', async () => {
  await run(pass('first'))
  const child = begin(`for (let i = 0; ; i++) {
    updateProgress(({ passed }) => { passed.second = String(i) })
    if (i === 0) console.log('going')
  }`)
  await once(child.stdout as NodeJS.ReadableStream as never, 'data')
  child.kill('SIGKILL')
  await once(child, 'close')
  expect(read()).toMatchObject({
    version: 1,
    passed: { first: 'now', second: expect.stringMatching(/^\d+$/) },
  })
  await run(pass('third'))
  expect(Object.keys(read().passed)).toEqual(['first', 'second', 'third'])
})

test('two processes that change it at the same time lose nothing of each other', async () => {
  const marks = (name: string) =>
    `for (let i = 0; i < 100; i++) updateProgress(({ passed }) => { passed['${name}' + i] = 'now' })`
  const ends = await Promise.all([run(marks('a')), run(marks('b'))])
  expect(ends).toEqual(Array(2).fill({ stdout: '', stderr: '', code: 0 }))
  expect(Object.keys(read().passed).length).toBe(200)
})
