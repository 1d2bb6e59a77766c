import { expect, test } from 'vitest'
import { KEPT_BYTES, Recorder, type WireEvent } from '../../../grader/wire/recording.ts'
import { transcript } from '../../../grader/wire/transcript.ts'

const from = { address: '127.0.0.1', port: 51022 }
const to = { address: '::1', port: 40001 }
const data = (way: 'in' | 'out', text: string, conn = 'A'): WireEvent => {
  const bytes = Buffer.from(text)
  return { kind: 'data', way, conn, bytes, length: bytes.length, at: 1.4 }
}

test('connections are named A to Z, then C27', () => {
  const recorder = new Recorder()
  const names = Array.from({ length: 28 }, () => recorder.nextConnection())
  expect(names.slice(0, 2)).toEqual(['A', 'B'])
  expect(names.slice(25)).toEqual(['Z', 'C27', 'C28'])
})

test('events are stamped with the time since the recorder began, in order', () => {
  const recorder = new Recorder()
  recorder.add({ kind: 'SYN', way: 'in', conn: 'A' })
  recorder.add({ kind: 'FIN', way: 'out', conn: 'A' })
  const [first, second] = recorder.events
  expect(first?.at).toBeGreaterThanOrEqual(0)
  expect(second?.at).toBeGreaterThanOrEqual(first?.at ?? 0)
})

test('of long chunks the beginning is kept, and how long they were', () => {
  const recorder = new Recorder()
  const chunk = Buffer.alloc(KEPT_BYTES + 5, 'x')
  recorder.bytes('data', 'out', 'A', chunk, { from, to })
  chunk.fill('y')
  expect(recorder.events[0]).toMatchObject({ length: KEPT_BYTES + 5, from, to })
  expect(Buffer.from((recorder.events[0] as { bytes: Uint8Array }).bytes).toString()).toBe(
    'x'.repeat(KEPT_BYTES),
  )
})

test('a flood of events is counted, but not kept', () => {
  const recorder = new Recorder()
  for (let i = 0; i < 5000; i++) recorder.bytes('data', 'in', 'A', Uint8Array.of(1))
  expect(recorder.activity).toBe(5000)
  expect(recorder.events.length).toBe(2000)
})

test('each kind of event is a line: time, direction, what went', () => {
  const names = { from, to }
  const lines = transcript([
    { kind: 'SYN', way: 'in', conn: 'A', at: 0, ...names },
    data('in', 'a\nb\n'),
    data('out', '3:a\nb\n123456'),
    { kind: 'FIN', way: 'out', conn: 'A', at: 2 },
    { kind: 'RST', way: 'in', conn: 'A', at: 12_345.6 },
    { kind: 'refused', way: 'in', conn: '', to: from, at: 3 },
    { kind: 'stdout', way: 'out', conn: '', bytes: Buffer.from('hi'), length: 2, at: 4 },
    { kind: 'call', way: 'in', conn: '', text: "ask('x')", at: 5 },
  ])
  expect(lines).toMatchInlineSnapshot(`
    [
      "0.000  →  SYN 127.0.0.1:51022 → [::1]:40001",
      "0.001  →  4 B   61 0a 62 0a                "a\\nb\\n"",
      "0.001  ←  12 B  33 3a 61 0a 62 0a 31 32 …  "3:a\\nb\\n123456"",
      "0.002  ←  FIN",
      "12.346  →  RST",
      "0.003  →  SYN → 127.0.0.1:51022: refused (RST)",
      "0.004  ←  stdout  2 B   68 69                      "hi"",
      "0.005  →  ask('x')",
    ]
  `)
})

test('datagrams name both ends, and a lost one is told', () => {
  const bytes = Buffer.from('ping')
  const lines = transcript([
    {
      kind: 'datagram',
      way: 'out',
      conn: 'A',
      bytes,
      length: 4,
      from,
      to: { address: '0.0.0.0', port: 9 },
      at: 1,
    },
    { kind: 'lost', way: 'out', conn: 'A', at: 1 },
    { kind: 'datagram', way: 'in', conn: 'A', bytes: new Uint8Array(), length: 0, at: 1 },
  ])
  expect(lines).toMatchInlineSnapshot(`
    [
      "0.001  ←  datagram 127.0.0.1:51022 → 0.0.0.0:9  4 B   70 69 6e 67                "ping"",
      "0.001  ←  that datagram is lost on its way",
      "0.001  →  datagram ? → ?  0 B                              """,
    ]
  `)
})

test('several connections are told apart by their letter, one is not', () => {
  expect(transcript([data('in', 'x')])[0]).toMatch(/^0\.001 {2}→/)
  const [first, second, third] = transcript([
    data('in', 'x'),
    data('out', 'y', 'B'),
    { kind: 'note', way: 'in', conn: '', text: 'end of standard input', at: 2 },
  ])
  expect(first).toMatch(/^0\.001 {2}A → /)
  expect(second).toMatch(/^0\.001 {2}B ← /)
  expect(third).toBe('0.002    →  end of standard input')
})

test('of a long recording the beginning and the end are shown, and how much is left out', () => {
  const recording = Array.from({ length: 100 }, (_, i) => data('in', String(i)))
  const lines = transcript(recording)
  expect(lines.length).toBe(41)
  expect(lines[28]).toBe('       … 60 more …')
  expect(lines[27]).toContain('"27"')
  expect(lines[29]).toContain('"88"')
  expect(lines.at(-1)).toContain('"99"')
  expect(transcript(recording.slice(0, 40)).length).toBe(40)
})
