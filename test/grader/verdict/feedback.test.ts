import fs from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ExerciseInfo } from '../../../grader/manifest.ts'
import { causesFile } from '../../../grader/verdict/causes.ts'
import { feedbackOn, feedbackText, nextCommands } from '../../../grader/verdict/feedback.ts'
import { scoreOf } from '../../../grader/verdict/result.ts'
import { Finding, type Found } from '../../../grader/wire/finding.ts'
import { makeExercise, outcome, verdict } from './exercise.ts'

let exercise: ExerciseInfo
let remove: () => void
beforeEach(() => {
  ;({ exercise, remove } = makeExercise())
})
afterEach(() => remove())

const failed = (found: Partial<Found>, more = {}) => {
  const { finding } = new Finding({ kind: 'wrong bytes', message: 'byte 0 is wrong', ...found })
  return verdict([outcome('passes'), outcome('answers each line', { finding, max: 2, ...more })])
}
const bytes = (due: string, came: string) => ({
  expected: Buffer.from(due),
  got: Buffer.from(came),
})
const comparison = (found: Partial<Found>) => feedbackOn(exercise, failed(found))[0]?.comparison

test('there is feedback on what failed, with its cause, its lesson and its wire', () => {
  const cause = {
    bug: 'one event was taken for one message',
    lesson: 'Where messages end',
    fails: 'x',
  }
  const signs = { 'answers each line': 'wrong bytes, other from the start' }
  fs.writeFileSync(causesFile(exercise), JSON.stringify({ one: { ...cause, signs } }))
  const wire = [{ kind: 'FIN', way: 'out', conn: 'A', at: 1 }] as const
  const feedback = feedbackOn(
    exercise,
    failed(bytes('1:a\n', '3:a\n'), { wire, lesson: 'Another' }),
  )
  expect(feedback.length).toBe(1)
  expect(feedback[0] && feedbackText(feedback[0])).toMatchInlineSnapshot(`
    "✗ answers each line                                                  0/2
      found     byte 0 is wrong
      expected  4 B  "1:a\\n"
      got       4 B  "3:a\\n"
                      ^ byte 0: expected 31 "1", got 33 "3"
      wire      0.001  ←  FIN
      cause     one event was taken for one message
      read      lessons/09-made-up: Where messages end"
  `)
})

test('without a known cause it points to the test’s own lesson, or to none', () => {
  expect(feedbackOn(exercise, failed({}, { lesson: 'Half-close' }))[0]).toMatchObject({
    cause: undefined,
    read: 'lessons/09-made-up: Half-close',
  })
  expect(feedbackOn(exercise, failed({}))[0]?.read).toBeUndefined()
})

test('the caret is under the first byte that differs, past wide characters', () => {
  expect(comparison(bytes('中文 a', '中文 b'))).toEqual([
    'expected  8 B  "中文 a"',
    'got       8 B  "中文 b"',
    // 15 columns before the text, a quote, four columns of two characters, a blank
    `${' '.repeat(21)}^ byte 7: expected 61 "a", got 62 "b"`,
  ])
})

test('where one ended, the caret is at its end', () => {
  expect(comparison(bytes('ab', 'a'))?.[2]).toBe(
    `${' '.repeat(17)}^ byte 1: expected 62 "b", got the end`,
  )
  expect(comparison(bytes('a', 'ab'))?.[2]).toBe(
    `${' '.repeat(17)}^ byte 1: expected the end, got 62 "b"`,
  )
})

test('of long bytes the window is shown, and that there is more', () => {
  const lines = comparison(bytes('x'.repeat(500), `${'x'.repeat(300)}y${'x'.repeat(199)}`)) ?? []
  expect(lines[0]).toMatch(/^expected {2}500 B {2}…"x+"…$/)
  expect(lines[1]).toMatch(/^got {7}500 B {2}…"x{16}yx+"…$/)
  expect(lines[2]?.indexOf('^')).toBe(lines[1]?.indexOf('y'))
})

test('plain values have no caret', () => {
  expect(comparison({ expected: '1', got: '2' })).toEqual(['expected  1', 'got       2'])
  expect(comparison({ got: 'ECONNREFUSED' })).toEqual(['got       ECONNREFUSED'])
  expect(comparison({})).toEqual([])
})

test('the next commands repeat this run', () => {
  const commands = nextCommands(exercise, failed({}))
  expect(commands.join('\n')).toContain('hint -- quotes')
  expect(commands.join('\n')).toContain('abc')
})

test('a skipped test counts as passed: it is not the student’s fault', () => {
  const skipped = outcome('only on Linux', { status: 'skip', max: 3 })
  expect(scoreOf(verdict([...failed({}).outcomes, skipped]))).toEqual({ score: 4, max: 6 })
})
