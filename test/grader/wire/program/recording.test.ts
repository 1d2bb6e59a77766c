/** A log of one program's sockets becomes a recording: each thing that went is told once, in its place. */
import { describe, expect, test } from 'vitest'
import type { End, Seen } from '../../../../grader/wire/program/log.ts'
import { recordingOf } from '../../../../grader/wire/program/recording.ts'
import { linesOf, stepsOf } from '../../../../grader/wire/transcript.ts'

const at = (port: number) => ({ address: '127.0.0.1', port })
const text = (text: string) => ({ bytes: Buffer.from(text), length: text.length })

const client: End = { kind: 'client', local: at(50_001), remote: at(4000) }
const server: End = { kind: 'server', local: at(4000), remote: at(50_001) }
const opened = [
  { end: client, what: 'connected' },
  { end: server, what: 'connected' },
] as const

function told(log: readonly object[]): string[] {
  const steps = stepsOf(recordingOf(log.map((seen) => ({ ...seen, at: 0 }) as Seen)))
  return linesOf(steps.map((step) => ({ ...step, at: '' })))
}

describe('a connection whose ends are both the program’s', () => {
  test('is opened once, and what was sent stands where it was received', () => {
    const lines = told([
      ...opened,
      { end: client, what: 'wrote', ...text('hi') },
      { end: client, what: 'ended' },
      { end: server, what: 'read', ...text('hi') },
      { end: server, what: 'FIN' },
    ])
    expect(lines).toEqual([
      '→  SYN 127.0.0.1:50001 → 127.0.0.1:4000',
      '→  2 B   68 69                      "hi"',
      '→  FIN',
    ])
  })

  test('tells the writes apart that arrived as one', () => {
    const lines = told([
      ...opened,
      { end: server, what: 'wrote', ...text('a') },
      { end: server, what: 'wrote', ...text('b') },
      { end: server, what: 'wrote', ...text('c') },
      { end: client, what: 'read', ...text('ab') },
      { end: client, what: 'read', ...text('c') },
    ])
    expect(lines.slice(1)).toEqual([
      '←  writes 1 B  "a"',
      '←  writes 1 B  "b"',
      '←  2 B   61 62                      "ab"',
      '←  1 B   63                         "c"',
    ])
  })

  test('tells a write that arrived in two, and one that never did', () => {
    const lines = told([
      ...opened,
      { end: client, what: 'wrote', ...text('abc') },
      { end: server, what: 'read', ...text('a') },
      { end: server, what: 'read', ...text('bc') },
      { end: server, what: 'wrote', ...text('lost') },
    ])
    expect(lines.slice(1)).toEqual([
      '→  writes 3 B  "abc"',
      '→  1 B   61                         "a"',
      '→  2 B   62 63                      "bc"',
      '←  writes 4 B  "lost"',
    ])
  })

  test('is reset once, by the end that did it', () => {
    const reset = [
      { end: server, what: 'reset' },
      { end: client, what: 'was reset' },
    ]
    expect(told([...opened, ...reset]).slice(1)).toEqual(['←  RST'])
    expect(told([...opened, { end: client, what: 'was reset' }]).at(-1)).toBe('←  RST')
  })
})

test('where the other end is in another program, what was written is what was sent', () => {
  const lines = told([
    { end: client, what: 'connected' },
    { end: client, what: 'wrote', ...text('hi') },
    { end: client, what: 'ended' },
    { end: client, what: 'read', ...text('ho') },
  ])
  expect(lines.slice(1)).toEqual([
    '→  2 B   68 69                      "hi"',
    '→  FIN',
    '←  2 B   68 6f                      "ho"',
  ])
})

test('a refused connection is told', () => {
  const end: End = { kind: 'client' }
  expect(told([{ end, what: 'refused', to: at(4000) }])).toEqual([
    '→  SYN → 127.0.0.1:4000: refused (RST)',
  ])
})

test('datagrams go to and from the socket that most talk to; one that nobody got is lost', () => {
  const [time, ann, bob] = [4000, 50_001, 50_002].map(
    (port): End => ({
      kind: 'udp',
      local: at(port),
    }),
  ) as [End, End, End]
  const lines = told([
    { end: ann, what: 'sent', to: at(4000), ...text('t?') },
    { end: time, what: 'received', from: at(50_001), ...text('t?') },
    { end: time, what: 'sent', to: at(50_001), ...text('noon') },
    { end: bob, what: 'sent', to: at(4000), ...text('?') },
    { end: ann, what: 'received', from: at(4000), ...text('noon') },
  ])
  expect(lines).toEqual([
    'A →  datagram 127.0.0.1:50001 → 127.0.0.1:4000  2 B   74 3f                      "t?"',
    'A ←  datagram 127.0.0.1:4000 → 127.0.0.1:50001  4 B   6e 6f 6f 6e                "noon"',
    'B →  datagram 127.0.0.1:50002 → 127.0.0.1:4000  1 B   3f                         "?"',
    'B →  that datagram is lost on its way',
  ])
})

test('of two equal datagrams to two sockets, the one that nobody got is lost', () => {
  const [time, ann, bob] = [4000, 50_001, 50_002].map(
    (port): End => ({ kind: 'udp', local: at(port) }),
  ) as [End, End, End]
  const lines = told([
    { end: ann, what: 'sent', to: at(4000), ...text('t?') },
    { end: time, what: 'received', from: at(50_001), ...text('t?') },
    { end: time, what: 'sent', to: at(50_001), ...text('noon') },
    { end: time, what: 'sent', to: at(50_002), ...text('noon') },
    { end: bob, what: 'received', from: at(4000), ...text('noon') },
  ])
  expect(lines.slice(1)).toEqual([
    'A ←  datagram 127.0.0.1:4000 → 127.0.0.1:50001  4 B   6e 6f 6f 6e                "noon"',
    'A ←  that datagram is lost on its way',
    'B ←  datagram 127.0.0.1:4000 → 127.0.0.1:50002  4 B   6e 6f 6f 6e                "noon"',
  ])
})

test('a datagram of another program is told when it comes', () => {
  const end: End = { kind: 'udp', local: at(4000) }
  const lines = told([{ end, what: 'received', from: at(50_001), ...text('x') }])
  expect(lines).toEqual([
    '→  datagram 127.0.0.1:50001 → 127.0.0.1:4000  1 B   78                         "x"',
  ])
})
