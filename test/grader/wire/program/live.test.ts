/** What a running program tells of its sockets becomes the lines that its author reads. */
import { expect, test } from 'vitest'
import { Live } from '../../../../grader/wire/program/live.ts'
import type { End, Seen } from '../../../../grader/wire/program/log.ts'
import { transcript } from '../../../../grader/wire/transcript.ts'

const at = (port: number) => ({ address: '127.0.0.1', port })
const text = (text: string) => ({ bytes: Buffer.from(text), length: text.length })
type News = { id?: string; end: End } & Record<string, unknown>

function told(...log: News[]): string[] {
  const live = new Live()
  const events = log.flatMap(({ id = 'a', ...seen }) =>
    live.take({ id, seen: { at: 0, ...seen } as unknown as Seen }),
  )
  return transcript(events).map((line) => line.replace(/^0\.000 {2}/, ''))
}

const ours: End = { kind: 'client', local: at(50_001), remote: at(4000) }

test('a client’s writes before it is connected stand after the SYN, with its own names', () => {
  const early: End = { kind: 'client' }
  expect(
    told(
      { end: early, what: 'wrote', ...text('hi') },
      { end: early, what: 'ended' },
      { end: ours, what: 'connected' },
      { end: ours, what: 'read', ...text('ho') },
      { end: ours, what: 'FIN' },
      { end: ours, what: 'closed' },
    ),
  ).toEqual([
    '←  SYN 127.0.0.1:50001 → 127.0.0.1:4000',
    '←  2 B   68 69                      "hi"',
    '←  FIN',
    '→  2 B   68 6f                      "ho"',
    '→  FIN',
  ])
})

test('what ends without an end is told, and a refusal', () => {
  expect(
    told(
      { end: ours, what: 'connected' },
      { end: ours, what: 'closed' },
      { id: 'b', end: { kind: 'client' }, what: 'refused', to: at(1) },
    ),
  ).toEqual([
    '←  SYN 127.0.0.1:50001 → 127.0.0.1:4000',
    '←  is closed without end(): FIN, or RST if something had come that the program did not read',
    '←  SYN → 127.0.0.1:1: refused (RST)',
  ])
})

test('a connection that another thread takes over goes on; one of the program with itself is told once', () => {
  const theirs: End = { kind: 'server', local: at(4000), remote: at(50_001) }
  expect(
    told(
      { end: { kind: 'server', local: at(4000) }, what: 'listening' },
      { id: 'client', end: ours, what: 'connected' },
      { id: 'main', end: theirs, what: 'connected' },
      { id: 'client', end: ours, what: 'wrote', ...text('hi') },
      { id: 'worker', end: theirs, what: 'connected' },
      { id: 'worker', end: theirs, what: 'read', ...text('hi') },
      { id: 'worker', end: theirs, what: 'was reset' },
      { id: 'worker', end: theirs, what: 'closed' },
    ),
  ).toEqual([
    '←  listens on 127.0.0.1:4000',
    '→  SYN 127.0.0.1:50001 → 127.0.0.1:4000',
    '→  2 B   68 69                      "hi"',
    '→  RST',
  ])
})

test('UNIX sockets have a path, datagrams are told where they were sent', () => {
  const path = '/tmp/s'
  const udp: End = { kind: 'udp', local: at(5000) }
  const other: End = { kind: 'udp', local: at(5001) }
  expect(
    told(
      { id: 'x', end: { kind: 'server', path }, what: 'connected' },
      { id: 'y', end: { kind: 'server', path }, what: 'connected' },
      { id: 'y', end: { kind: 'server', path }, what: 'read', ...text('hi') },
      { id: 'u', end: udp, what: 'listening' },
      { id: 'v', end: other, what: 'listening' },
      { id: 'u', end: udp, what: 'sent', to: at(5001), ...text('hi') },
      { id: 'v', end: other, what: 'received', from: at(5000), ...text('hi') },
      { id: 'v', end: other, what: 'received', from: at(9), ...text('ho') },
    ),
  ).toEqual([
    'A →  connects to /tmp/s',
    'B →  connects to /tmp/s',
    'B →  2 B   68 69                      "hi"',
    '  ←  UDP socket at 127.0.0.1:5000',
    '  ←  UDP socket at 127.0.0.1:5001',
    'C ←  datagram 127.0.0.1:5000 → 127.0.0.1:5001  2 B   68 69                      "hi"',
    'D →  datagram 127.0.0.1:9 → 127.0.0.1:5001  2 B   68 6f                      "ho"',
  ])
})
