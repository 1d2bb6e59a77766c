/** What a program may send in a reply's place. */
import { expect, test } from 'vitest'
import { readError, readReply } from '../../../grader/student/protocol.ts'

const error = { name: 'Error', message: 'no' }

test.each([
  { id: 1, ok: true, value: undefined },
  { id: 1, ok: true, handle: { number: 2, type: 'Server', address: null } },
  {
    id: 1,
    ok: false,
    how: 'rejected',
    error: { ...error, code: 'EPIPE', errno: -32, at: 'main.ts:1:1' },
  },
])('a reply is read as it was sent: %j', (reply) => {
  expect(readReply(reply)).toStrictEqual(reply)
})

test.each([
  undefined,
  null,
  'pass',
  [],
  { ok: true, value: 1 },
  { id: '1', ok: true, value: 1 },
  { id: 1, ok: true },
  { id: 1, ok: 'true', value: 1 },
  { id: 1, ok: true, handle: null },
  { id: 1, ok: true, handle: { number: '2', type: 'Server', address: null } },
  { id: 1, ok: false },
  { id: 1, ok: false, how: 'passed', error },
])('what has not the form of a reply is none: %j', (sent) => {
  expect(readReply(sent)).toBeUndefined()
})

test('an error has texts, whatever was sent, and none of them is long', () => {
  for (const sent of [undefined, null, 5, 'no', [], { name: {}, message: 5 }]) {
    expect(readError(sent)).toStrictEqual({ name: 'Error', message: '' })
  }
  const long = 'x'.repeat(1_000_000)
  const read = readError({ name: long, message: long, code: long, syscall: long, at: long })
  for (const text of Object.values(read)) expect(String(text).length).toBeLessThan(2_100)
  // Nothing of it is code that describing it would run.
  expect(readError({ ...error, code: { toString: 1 } })).toStrictEqual({ ...error, code: '' })
})
