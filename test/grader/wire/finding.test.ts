import { describe, expect, test } from 'vitest'
import { Finding } from '../../../grader/wire/finding.ts'

const find = (expected: string | Uint8Array, got: string | Uint8Array) => {
  const bytes = (value: string | Uint8Array) =>
    typeof value === 'string' ? Buffer.from(value) : value
  return new Finding({
    kind: 'wrong bytes',
    message: 'no',
    expected: bytes(expected),
    got: bytes(got),
  }).finding
}

test('it is an error whose fields survive being cloned to another thread', () => {
  const error = new Finding({
    kind: 'refused',
    message: 'refused it was',
    got: 'ECONNREFUSED',
    conn: 'A',
  })
  expect(error).toBeInstanceOf(Error)
  expect(error.message).toBe('refused it was')
  expect(structuredClone(error.finding)).toEqual({
    kind: 'refused',
    message: 'refused it was',
    got: 'ECONNREFUSED',
    conn: 'A',
  })
})

test('values that are no bytes are not compared', () => {
  expect(
    new Finding({ kind: 'wrong value', message: '', expected: '1', got: '2' }).finding.differ,
  ).toBeUndefined()
})

test('short bytes are kept whole', () => {
  expect(find('abc', 'abd')).toMatchObject({
    expected: { length: 3, from: 0, latin1: 'abc' },
    got: { length: 3, from: 0, latin1: 'abd' },
    differ: { at: 2 },
  })
})

test('of long bytes a window is kept, from sixteen before the first that differs', () => {
  const due = Buffer.alloc(1_000_000, 'x')
  const came = Buffer.from(due)
  came[700_000] = 0xff
  const { expected, got, differ } = find(due, came)
  expect(differ?.at).toBe(700_000)
  expect(expected).toEqual({ length: 1_000_000, from: 699_984, latin1: 'x'.repeat(64) })
  expect(got).toMatchObject({ from: 699_984, latin1: `${'x'.repeat(16)}\xff${'x'.repeat(47)}` })
})

test('where one ends early, the window of both is at that end', () => {
  const { expected, got, differ } = find('x'.repeat(100), 'x'.repeat(50))
  expect(differ?.at).toBe(50)
  expect(expected).toMatchObject({ length: 100, from: 34 })
  expect(got).toEqual({ length: 50, from: 34, latin1: 'x'.repeat(16) })
})

describe('what a person would call the difference', () => {
  test.each([
    ['nothing', 'abc', ''],
    ['broken characters', '中', 'x\ufffd\ufffd'],
    ['only the start', 'abcdef', 'abc'],
    ['more after it', 'abc', 'abcdef'],
    ['a part', 'abcdef', 'cd'],
    ['more around it', 'cd', 'abcdef'],
    ['other from the start', 'abc', 'xbc'],
    ['other', 'abc', 'abx'],
    ['more after it', '', 'abc'],
  ])('%s', (relation, due, came) => {
    expect(find(due, came).differ?.relation).toBe(relation)
  })
})
