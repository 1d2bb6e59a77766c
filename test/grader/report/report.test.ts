import { stripVTControlCharacters as plain } from 'node:util'
import stringWidth from 'string-width'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ExerciseInfo } from '../../../grader/manifest.ts'
import { exerciseResult } from '../../../grader/report/exercise.ts'
import { commonMistakes } from '../../../grader/report/summary.ts'
import { reportText } from '../../../grader/report/text.ts'
import { verdictText } from '../../../grader/report/verdict-text.ts'
import type { Exercise, Report, Submission, Test } from '../../../grader/verdict/result.ts'
import { Finding } from '../../../grader/wire/finding.ts'
import { makeExercise, outcome, verdict } from '../verdict/exercise.ts'
import { unreadable } from './hostile.ts'

let exercise: ExerciseInfo
let remove: () => void
beforeEach(() => {
  ;({ exercise, remove } = makeExercise())
})
afterEach(() => remove())

const { finding } = new Finding({
  kind: 'nothing came',
  message: 'nothing came',
  expected: 'a reply',
  got: 'none',
})
const mixed = () =>
  verdict([
    outcome('greets', { max: 2 }),
    outcome('answers', { max: 3, status: 'timeout', finding, lesson: 'Replies' }),
    outcome('uses a raw socket', { status: 'skip', skipped: 'only on Linux' }),
  ])

test('an exercise’s result has a row for each test, with what failed', () => {
  expect(exerciseResult(exercise, mixed())).toEqual({
    id: 'quotes',
    chapter: '09-made-up',
    status: 'fail',
    score: 3,
    max: 6,
    durationMs: 12,
    tests: [
      { name: 'greets', status: 'pass', points: 2, max: 2 },
      {
        name: 'answers',
        status: 'timeout',
        points: 0,
        max: 3,
        message: 'nothing came\nexpected  a reply\ngot       none',
        lesson: 'lessons/09-made-up: Replies',
        wire: '',
      },
      { name: 'uses a raw socket', status: 'skip', points: 1, max: 1, message: 'only on Linux' },
    ],
  })
})

test('what was not run has no points and no tests, but could have earned them', () => {
  const unrun = [
    outcome('greets', { status: 'fail', max: 2 }),
    outcome('answers', { status: 'fail', max: 3 }),
  ]
  for (const status of ['missing', 'error'] as const) {
    const result = exerciseResult(exercise, verdict(unrun, { status, message: 'why' }))
    expect(result).toMatchObject({ status, score: 0, max: 5, tests: [] })
  }
})

test('a run that broke never reads as a pass', () => {
  expect(exerciseResult(exercise, verdict([], { status: 'error' }))).toMatchObject({
    status: 'error',
    score: 0,
    max: 0,
  })
})

const report = (submissions: Submission[]): Report => {
  return { version: 1, course: 'sockets', seed: 'abc', isolation: 'node', submissions }
}

test('of one submission the terminal shows exercises, what failed, how it was made', () => {
  const ada = { name: 'ada', path: '/a', status: 'graded', score: 3, max: 6 } as const
  const missing = exerciseResult(exercise, verdict([], { status: 'missing' }))
  const passed = exerciseResult(exercise, verdict([outcome('greets')]))
  const broken = exerciseResult(exercise, verdict([], { status: 'error' }))
  const text = reportText(
    report([{ ...ada, exercises: [exerciseResult(exercise, mixed()), missing, passed, broken] }]),
  )
  expect(plain(text)).toMatchInlineSnapshot(`
    "ada  3/6 points
      ✗ quotes                     3/6  fail
          timeout  answers
                   nothing came
          skip     uses a raw socket
                   only on Linux
      ○ quotes                     0/0  missing
      ✓ quotes                     1/1  pass
      ! quotes                     0/0  error
          The grader failed on this exercise. That is no fault of the submission,
          and no grade: it has to be graded again.

    seed abc, isolation node"
  `)
})

test('of a class it shows a character for each exercise, in 80 columns', () => {
  const names = [
    'ada',
    '张伟',
    'a name that is longer than all the room that a line of the table has',
  ]
  const exercises = ['01', '02', '03', '04'].flatMap((chapter, at) =>
    Array.from({ length: 8 }, (_, i): Exercise => {
      const status = (['pass', 'fail', 'fail', 'missing', 'error'] as const)[(at + i) % 5] ?? 'pass'
      const score = status === 'pass' ? 15 : status === 'fail' ? i : 0
      const base = { id: `exercise-${chapter}-${i}`, chapter: `${chapter}-topic`, durationMs: 1 }
      return { ...base, status, score, max: 15, tests: [] }
    }),
  )
  const submissions = names.map((name, i): Submission => {
    const own = exercises.filter(({ status }) => i === 2 || status !== 'error')
    return { name, path: '/', status: 'graded', score: 100, max: 480, exercises: own }
  })
  const text = plain(reportText(report([...submissions, { ...unreadable, name: 'bob' }])))
  expect(Math.max(...text.split('\n').map((line) => stringWidth(line)))).toBeLessThanOrEqual(80)
  expect(text).toMatchInlineSnapshot(`
    "                                  01       02       03       04        points
    ada                               ✓✗1○✓44  ✗✗○✓34○  ✗○✓23○   ○✓22○✓    100/480
    张伟                              ✓✗1○✓44  ✗✗○✓34○  ✗○✓23○   ○✓22○✓    100/480
    a name that is longer than all t… ✓✗1○✓44! ✗✗○✓34○! ✗○✓23○!! ○✓22○✓!!  no grade
    bob                               unreadable: it is no folder </td>

    ✓ passed · 1 to 9 tenths of its points · ✗ none · ○ missing · ! grader failed
    01 exercise-01-0 exercise-01-1 exercise-01-2 exercise-01-3 exercise-01-5
       exercise-01-6 exercise-01-7 exercise-01-4
    02 exercise-02-0 exercise-02-1 exercise-02-2 exercise-02-4 exercise-02-5
       exercise-02-6 exercise-02-7 exercise-02-3
    03 exercise-03-0 exercise-03-1 exercise-03-3 exercise-03-4 exercise-03-5
       exercise-03-6 exercise-03-2 exercise-03-7
    04 exercise-04-0 exercise-04-2 exercise-04-3 exercise-04-4 exercise-04-5
       exercise-04-7 exercise-04-1 exercise-04-6

    seed abc, isolation node"
  `)
})

test('the commonest mistakes of a class come first, each submission counted once', () => {
  const failed = (name: string, ...mistakes: string[]): Submission => {
    const tests = mistakes.map((mistake): Test => {
      return { name: 'answers', status: 'fail', points: 0, max: 1, message: 'x', mistake }
    })
    const one = { id: 'quotes', chapter: '09', status: 'fail', score: 0, max: 3, durationMs: 1 }
    return { ...unreadable, name, status: 'graded', exercises: [{ ...one, tests } as Exercise] }
  }
  const made = report([
    failed('ada', 'it sleeps', 'it sleeps', 'it forgets'),
    failed('bob', 'it forgets'),
    failed('cy', 'it sleeps', 'it forgets'),
  ])
  expect(commonMistakes(made).map(({ text, by }) => [text, ...by.map(({ name }) => name)])).toEqual(
    [
      ['it forgets', 'ada', 'bob', 'cy'],
      ['it sleeps', 'ada', 'cy'],
    ],
  )
})

test('a known mistake is told rather than what was found', () => {
  const result = exerciseResult(exercise, mixed())
  const tests = result.tests.map((one) =>
    one.message ? { ...one, mistake: 'it never answers' } : one,
  )
  const text = reportText(
    report([
      {
        name: 'ada',
        path: '/',
        status: 'graded',
        score: 0,
        max: 1,
        exercises: [{ ...result, tests }],
      },
    ]),
  )
  expect(text).toContain('it never answers')
  expect(text).not.toContain('nothing came')
})

test('a verdict for the terminal: a line for each test, all there is to say about those that failed', () => {
  expect(plain(verdictText(exercise, mixed()))).toMatchInlineSnapshot(`
    "quotes  3/6 points  12 ms
    ✓ greets                                                             2/2

    ✗ answers                                                            0/3
      found     nothing came
      expected  a reply
      got       none
      read      lessons/09-made-up: Replies

    - uses a raw socket                                                  1/1  skipped: only on Linux

    next      npm run hint -- quotes
    again     COURSE_SEED=abc npm run check -- quotes"
  `)
})

test('a pass says where to see more, if there is more; of a part of the tests it says it is one', () => {
  const passed = verdict([outcome('greets')])
  const text = plain(verdictText(exercise, passed))
  const heading = /^quotes {2}1\/1 points {2}12 ms\n✓ greets +1\/1/
  expect(text).toMatch(heading)
  expect(text.split('\n').slice(2)).toEqual(['', 'more      npm run compare -- quotes'])
  const alone = { ...exercise, solution: '/no/such/file' }
  expect(plain(verdictText(alone, passed)).split('\n')).toHaveLength(2)
  const part = plain(verdictText(exercise, passed, { isPart: true, isWireShown: true }))
  expect(part.split('\n').map((line) => line.replace(/ {2,}/g, '  '))).toEqual([
    'quotes  1/1 points  12 ms  of the tests chosen',
    '✓ greets  1/1',
    '  wire  nothing went over a socket',
    '',
  ])
})

test('missing and broken say why', () => {
  expect(
    plain(verdictText(exercise, verdict([], { status: 'missing', message: 'there is no file' }))),
  ).toBe('○ quotes: there is no file')
  expect(
    plain(verdictText(exercise, verdict([], { status: 'error', message: 'the grader failed' }))),
  ).toBe('! quotes: the grader failed')
})

test('of an exercise with stages the first that fails is told, the others in a line', () => {
  const staged = (stage: string, title: string, more = {}) =>
    outcome(`${stage}: ${title}`, { stage, ...more })
  const text = plain(
    verdictText(
      exercise,
      verdict([
        staged('login', 'greets', { max: 2 }),
        staged('home', 'stays', { max: 3, status: 'timeout', finding }),
        staged('home', 'opens'),
        staged('quota', 'counts', { finding }),
      ]),
    ),
  )
  expect(text.split('\n').filter((line) => /^[✓✗○]/.test(line))).toEqual([
    `✓ ${'stage 1: login'.padEnd(66)} 2/2`,
    `✗ ${'stage 2: home'.padEnd(66)} 1/4`,
    `○ ${'stage 3: quota'.padEnd(66)} 0/1`,
    `✗ ${'home: stays'.padEnd(66)} 0/3`,
    `✓ ${'home: opens'.padEnd(66)} 1/1`,
  ])
})
