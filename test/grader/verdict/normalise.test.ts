import { expect, test } from 'vitest'
import { normalise } from '../../../grader/verdict/normalise.ts'
import { Finding } from '../../../grader/wire/finding.ts'
import type { Recording, WireEvent } from '../../../grader/wire/recording.ts'
import { outcome, verdict } from './exercise.ts'

const name = (port: number, address = '127.0.0.1') => ({ address, port })
const data = (way: 'in' | 'out', text: string, conn = 'A', at = 1): WireEvent => {
  const bytes = Buffer.from(text)
  return { kind: 'data', way, conn, bytes, length: bytes.length, at }
}
const wireOf = (wire: Recording) =>
  normalise(verdict([outcome('a', { wire })])).outcomes[0]?.wire ?? []
const texts = (wire: Recording) => {
  return wireOf(wire).map((event) =>
    'bytes' in event ? Buffer.from(event.bytes).toString() : event.kind,
  )
}

test('times go', () => {
  const { durationMs, outcomes } = normalise(
    verdict([outcome('a', { wire: [data('in', 'x', 'A', 77)] })]),
  )
  expect(durationMs).toBe(0)
  expect(outcomes[0]?.wire[0]?.at).toBe(0)
})

test('ports are named in the order in which they appear, the same in every place', () => {
  const message = 'connecting to 127.0.0.1:51022 failed, not [::1]:33333, nor port 51022'
  const finding = new Finding({
    kind: 'refused',
    message,
    expected: Buffer.from('127.0.0.1:51022'),
    got: '::1:33333',
  }).finding
  const wire: Recording = [
    { kind: 'SYN', way: 'in', conn: 'A', from: name(44444), to: name(51022), at: 1 },
    { kind: 'call', way: 'in', conn: '', text: "ask({ host: '127.0.0.1', port: 51022 })", at: 2 },
  ]
  const [after] = normalise(verdict([outcome('a', { finding, wire })])).outcomes
  // The call comes first: what it names is 40001.
  expect(after?.wire).toMatchObject([
    { text: "ask({ host: '127.0.0.1', port: 40001 })" },
    { from: { port: 40002 }, to: { port: 40001 } },
  ])
  expect(after?.finding).toMatchObject({
    message: 'connecting to 127.0.0.1:40001 failed, not [::1]:40003, nor port 40001',
    expected: { latin1: '127.0.0.1:40001' },
    got: '::1:40003',
  })
})

test('times of day and scratch folders in texts are one and the same', () => {
  const bytes = '[2026-11-21T13:00:00.123Z] hi'
  expect(texts([data('out', bytes)])).toEqual(['[2026-01-31T12:34:56.789Z] hi'])
  const finding = new Finding({ kind: 'threw', message: 'open /tmp/course-aB3dE9/x' }).finding
  expect(normalise(verdict([outcome('a', { finding })])).outcomes[0]?.finding?.message).toBe(
    'open /tmp/course-SCRATCH/x',
  )
})

test('what is no port stays: short numbers and bytes beyond ASCII', () => {
  expect(texts([data('out', '127.0.0.1:80 and 12345')])).toEqual(['127.0.0.1:80 and 12345'])
  expect(texts([data('out', '中é')])).toEqual(['中é'])
})

test('one direction’s bytes are one piece, however they were read', () => {
  const whole = wireOf([data('in', 'ab'), data('in', 'c'), data('out', 'xyz')])
  const split = wireOf([data('in', 'a'), data('out', 'x'), data('in', 'bc'), data('out', 'yz')])
  expect(split).toEqual(whole)
  expect(whole.map((event) => 'length' in event && event.length)).toEqual([3, 3])
})

test('connections are kept apart, and datagrams too', () => {
  expect(texts([data('in', '1', 'B'), data('in', '2', 'A'), data('in', '3', 'B')])).toEqual([
    '2',
    '13',
  ])
  const datagram = (text: string): WireEvent =>
    ({ ...data('in', text), kind: 'datagram' }) as WireEvent
  expect(texts([datagram('1'), datagram('2')])).toEqual(['1', '2'])
})

test('calls come first, then connections, then what was printed; stderr goes', () => {
  const stdio = (kind: 'stdout' | 'stderr'): WireEvent =>
    ({ ...data('out', kind, ''), kind }) as WireEvent
  const wire: Recording = [
    stdio('stdout'),
    stdio('stderr'),
    data('in', 'bytes'),
    { kind: 'FIN', way: 'in', conn: 'A', at: 1 },
    { kind: 'SYN', way: 'in', conn: 'A', at: 1 },
    { kind: 'call', way: 'in', conn: '', text: 'f()', at: 1 },
  ]
  expect(texts(wire)).toEqual(['call', 'SYN', 'bytes', 'FIN', 'stdout'])
})

test('the verdict that was given is not changed', () => {
  const before = verdict([outcome('a', { wire: [data('in', 'x', 'A', 5)] })])
  const copy = JSON.stringify(before)
  normalise(before)
  expect(JSON.stringify(before)).toBe(copy)
})
