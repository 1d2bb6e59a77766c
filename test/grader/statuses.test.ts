/** What a program may do instead of its task, each told apart: one submission each, graded by the command. */
import { execFile } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { journalOf } from '../../grader/class/journal.ts'
import { findExercise, root } from '../../grader/manifest.ts'
import type { Report } from '../../grader/verdict/result.ts'

const exercise = findExercise('first-client')
if (!exercise) throw new Error('first-client is gone')
const solution = fs.readFileSync(exercise.solution, 'utf8')

/** The submission's text, what its exercise reads as, and what each of its failures says. */
const cases: Record<string, { text: string; status: string; test?: string; says?: RegExp }> = {
  'a right program': { text: solution, status: 'pass' },
  'a right program with CRLF and a BOM': {
    text: `\ufeff${solution.replaceAll('\n', '\r\n')}`,
    status: 'pass',
  },
  'a right program with an enum': { text: `enum Mode { A, B }\n${solution}`, status: 'pass' },
  'the untouched stub': { text: fs.readFileSync(exercise.stub, 'utf8'), status: 'missing' },
  'the stub with other line ends': {
    text: fs.readFileSync(exercise.stub, 'utf8').replaceAll('\n', '\r\n'),
    status: 'missing',
  },
  'an empty file': {
    text: '',
    status: 'fail',
    test: 'fail',
    says: /exports no `ask`; it exports nothing/,
  },
  'a missing export': {
    text: 'export const answer = 42',
    status: 'fail',
    test: 'fail',
    says: /exports no `ask`; it exports answer/,
  },
  'a syntax error': {
    text: 'export function ask( {',
    status: 'fail',
    test: 'crash',
    says: /could not be loaded.*SYNTAX/,
  },
  'an error at import': {
    text: 'throw new Error("at once")',
    status: 'fail',
    test: 'crash',
    says: /could not be loaded: at once at main.ts:1:7/,
  },
  'a top level that never ends': {
    text: 'await new Promise(() => {})',
    status: 'fail',
    test: 'crash',
    says: /never done loading/,
  },
  'an endless loop at import': {
    text: 'for (;;) ;',
    status: 'fail',
    test: 'crash',
    says: /busy in a loop/,
  },
  'an exit at import': {
    text: 'process.exit(0)',
    status: 'fail',
    test: 'crash',
    says: /process\.exit\(0\)/,
  },
  'a synchronous throw': {
    text: 'export function ask() { throw new Error("no") }',
    status: 'fail',
    says: /threw: no|code/,
  },
  'a rejection': {
    text: 'export async function ask() { throw new Error("no") }',
    status: 'fail',
    says: /rejected: no|code/,
  },
  'an exit in a call': {
    text: 'export async function ask() { process.exit(7) }',
    status: 'fail',
    test: 'crash',
    says: /process\.exit\(7\)/,
  },
  'an uncaught error': {
    text: 'export async function ask() { setTimeout(() => { throw new Error("later") }, 1) }',
    status: 'fail',
    test: 'crash',
    says: /crashed: later at main.ts:1:56/,
  },
  'a promise that never settles': {
    text: 'export const ask = () => new Promise(() => {})',
    status: 'fail',
    test: 'timeout',
  },
  'a value that cannot be cloned': {
    text: 'export const ask = async () => () => 1',
    status: 'fail',
    says: /cannot be handed over/,
  },
  'a value that is too large': {
    text: 'export const ask = async () => "x".repeat(2 ** 26)',
    status: 'fail',
    says: /too large/,
  },
  'a flood': {
    text: `${solution}\nprocess.stdout.write("x".repeat(20 * 1024 * 1024))`,
    status: 'fail',
    test: 'crash',
    says: /printed more than 16 MiB/,
  },
  'a forged message': {
    text: 'import fs from "node:fs"\nfs.writeSync(3, "forged result")\nexport const ask = 1',
    status: 'fail',
    test: 'crash',
    says: /descriptor 3/,
  },
  'a program that stops itself': {
    text: 'export async function ask() { process.kill(process.pid, "SIGSTOP") }',
    status: 'fail',
    test: 'crash',
    says: /stopped itself/,
  },
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'statuses-'))
const gone = path.join(folder, 'gone')
let report: Report

beforeAll(async () => {
  for (const [name, { text }] of Object.entries(cases)) {
    const place = path.join(folder, name, 'exercises', exercise.place)
    fs.mkdirSync(place, { recursive: true })
    fs.writeFileSync(path.join(place, 'main.ts'), text)
  }
  fs.mkdirSync(path.join(folder, 'nothing there', '02-tcp-clients'), { recursive: true })
  fs.mkdirSync(path.join(folder, 'a folder for a file', exercise.place, 'main.ts'), {
    recursive: true,
  })
  fs.mkdirSync(path.join(folder, 'a link', exercise.place), { recursive: true })
  fs.symlinkSync(exercise.solution, path.join(folder, 'a link', exercise.place, 'main.ts'))
  const args = [
    'grader/course.js',
    'grade',
    folder,
    gone,
    '--exercise',
    'first-client',
    // The hostile submissions are graded under `os`; these are what any machine tells apart.
    '--isolation',
    'node',
    '--format',
    'json',
  ]
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: root,
    maxBuffer: 64 * 1024 * 1024,
  })
  report = JSON.parse(stdout)
})
afterAll(() => {
  fs.rmSync(folder, { recursive: true })
  fs.rmSync(journalOf([folder, gone]))
})

function graded(name: string) {
  const found = report.submissions.find((submission) => submission.name === name)?.exercises[0]
  if (!found) throw new Error(`the report has no ${name}`)
  return found
}

test.each(Object.entries(cases))('%s', (name, expected) => {
  const { status, score, max, tests } = graded(name)
  expect(status).toBe(expected.status)
  expect(max).toBe(14)
  expect(score).toBe(expected.status === 'pass' ? 14 : 0)
  expect(tests.length).toBe(expected.status === 'missing' ? 0 : 8)
  if (expected.status !== 'fail') return
  for (const { name, status, message } of tests) {
    if (expected.test) expect(`${name}: ${status}`).toBe(`${name}: ${expected.test}`)
    if (expected.says) expect(message).toMatch(expected.says)
  }
})

test('what is not there is missing, and still counts', () => {
  expect(graded('nothing there')).toMatchObject({ status: 'missing', score: 0, max: 14 })
  expect(graded('a folder for a file')).toMatchObject({ status: 'missing', score: 0, max: 14 })
})

test('a link to a solution is no submission', () => {
  expect(graded('a link')).toMatchObject({ status: 'missing', score: 0, max: 14 })
})

test('a path that cannot be read is a row, not the end', () => {
  const row = report.submissions.find(({ status }) => status === 'unreadable')
  expect(row).toMatchObject({
    path: gone,
    message: `there is nothing at ${gone}`,
    exercises: [],
  })
})

test('the report says how it was made', () => {
  expect(report).toMatchObject({ version: 1, course: 'sockets', isolation: 'node' })
  expect(report.seed).toMatch(/^[0-9a-f]{8}$/)
})
