import fs from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ExerciseInfo } from '../../../grader/manifest.ts'
import {
  type Causes,
  causesFile,
  likelyCauses,
  readCauses,
  signsOf,
} from '../../../grader/verdict/causes.ts'
import type { Outcome } from '../../../grader/verdict/result.ts'
import { Finding, type Found, type Kind } from '../../../grader/wire/finding.ts'
import { makeExercise, outcome } from './exercise.ts'

const finding = (found: Partial<Found> & { kind: Kind }) =>
  new Finding({ message: '', ...found }).finding
const fails = (...titles: string[]): Outcome[] => {
  return titles.map((title) => outcome(title, { finding: finding({ kind: 'nothing came' }) }))
}
const cause = (bug: string, fails: string, ...titles: string[]): Causes[string] => {
  const signs = Object.fromEntries(titles.map((title) => [title, 'nothing came']))
  return { bug, lesson: 'A section', fails, signs }
}
const named = (causes: Causes, outcomes: Outcome[]) => {
  return Object.fromEntries(
    [...likelyCauses(causes, signsOf(outcomes))].map(([title, { bug }]) => [title, bug]),
  )
}

let exercise: ExerciseInfo
let remove: () => void
beforeEach(() => {
  ;({ exercise, remove } = makeExercise())
})
afterEach(() => remove())

test('causes are read from beside the mistakes; there need be none', () => {
  expect(readCauses(exercise)).toEqual({})
  const causes = { one: cause('a bug', 'a', 'a') }
  fs.writeFileSync(causesFile(exercise), JSON.stringify(causes))
  expect(readCauses(exercise)).toEqual(causes)
})

test('a sign is in which way a test failed, not with which bytes', () => {
  const bytes = (due: string, came: string) => ({
    expected: Buffer.from(due),
    got: Buffer.from(came),
  })
  const signs = signsOf([
    outcome('passes'),
    outcome('one', { finding: finding({ kind: 'wrong bytes', ...bytes('kfxq', 'kf') }) }),
    outcome('two', { finding: finding({ kind: 'wrong bytes', ...bytes('nrst', 'nr') }) }),
    outcome('three', {
      finding: finding({ kind: 'crashed', message: 'the program crashed: EADDRINUSE: bind' }),
    }),
    outcome('four', {
      finding: finding({ kind: 'not loaded', message: 'TypeError: x is no function' }),
    }),
    outcome('five', { finding: finding({ kind: 'crashed', message: 'it went' }) }),
  ])
  expect(signs).toEqual({
    one: 'wrong bytes, only the start',
    two: 'wrong bytes, only the start',
    three: 'crashed, EADDRINUSE',
    four: 'not loaded, TypeError',
    five: 'crashed',
  })
})

test('a run that fails as a known mistake does is told its bug', () => {
  const causes = { one: cause('bug one', 'a', 'a', 'b'), two: cause('bug two', 'c', 'c') }
  expect(named(causes, fails('a', 'b'))).toEqual({ a: 'bug one', b: 'bug one' })
  expect(named(causes, fails('c'))).toEqual({ c: 'bug two' })
  expect(named(causes, [])).toEqual({})
})

test('a run that shows too little of a mistake is not told it', () => {
  const causes = { one: cause('bug one', 'a', 'a', 'b', 'c', 'd') }
  expect(named(causes, fails('a', 'b'))).toEqual({})
  expect(named(causes, fails('a', 'b', 'c'))).toEqual({ a: 'bug one', b: 'bug one', c: 'bug one' })
})

test('a test that fails in another way is not the mistake’s', () => {
  const other = outcome('a', { finding: finding({ kind: 'reset' }) })
  expect(named({ one: cause('bug one', 'a', 'a') }, [other])).toEqual({})
})

test('the mistake that shares more failures wins, for each test', () => {
  const causes = {
    few: cause('few', 'a', 'a'),
    many: cause('many', 'b', 'a', 'b', 'c'),
    else: cause('else', 'd', 'd'),
  }
  expect(named(causes, fails('a', 'b', 'c', 'd'))).toEqual({
    a: 'many',
    b: 'many',
    c: 'many',
    d: 'else',
  })
})

test('of two that share as many, the one that names this test is told', () => {
  const causes = { one: cause('one', 'a', 'a', 'b'), two: cause('two', 'b', 'a', 'b') }
  expect(named(causes, fails('a', 'b'))).toEqual({ a: 'one', b: 'two' })
})

test('a mistake without failures explains nothing', () => {
  expect(named({ none: cause('none', 'a') }, fails('a'))).toEqual({})
})
