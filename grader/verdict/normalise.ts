import type { FindingData, Shown } from '../wire/finding.ts'
import type { Recording, WireEvent } from '../wire/recording.ts'
import type { Verdict } from './result.ts'

/**
 * A verdict without what differs from run to run: times, ports, paths, the sizes in which bytes
 * happened to be read, and the order of events that no cause orders. Feedback that is kept (golden
 * files, listings) is made from this; nothing else needs to know what varies.
 */
export function normalise(verdict: Verdict): Verdict {
  return {
    ...verdict,
    durationMs: 0,
    outcomes: verdict.outcomes.map((outcome) => {
      const ports = new Map<string, string>()
      const text = (value: string) => normaliseText(value, ports)
      return {
        ...outcome,
        wire: lanes(outcome.wire).map((event) => normaliseEvent(event, text)),
        finding: outcome.finding && normaliseFinding(outcome.finding, text),
      }
    }),
  }
}

function normaliseFinding(finding: FindingData, text: (value: string) => string): FindingData {
  const shown = (value: Shown) =>
    typeof value === 'string'
      ? text(value)
      : { ...value, length: Math.min(value.length, MUCH), latin1: text(value.latin1) }
  return {
    ...finding,
    message: text(finding.message),
    ...(finding.expected !== undefined && { expected: shown(finding.expected) }),
    ...(finding.got !== undefined && { got: shown(finding.got) }),
  }
}

/**
 * Numbers in the range that systems give to port 0 become 40001, 40002, … in order of appearance, times
 * one fixed time. Each keeps its length, so that what is said of a text's bytes stays true.
 */
function normaliseText(text: string, ports: Map<string, string>): string {
  return text
    .replace(/\b(32[7-9]\d{2}|3[3-9]\d{3}|[45]\d{4}|60\d{3})\b/g, (port) => portName(port, ports))
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '2026-01-31T12:34:56.789Z')
    .replace(/course-[A-Za-z0-9]{6}\b/g, 'course-SCRATCH')
    .replace(/grew by \d+ MiB/g, 'grew by 1234 MiB')
    .replace(/\bonly (\d+) of\b/g, (_, came) => `only ${Math.min(Number(came), MUCH)} of`)
}

function portName(port: string, ports: Map<string, string>): string {
  const known = ports.get(port) ?? String(40_001 + ports.size)
  ports.set(port, known)
  return known
}

function normaliseEvent(event: WireEvent, text: (value: string) => string): WireEvent {
  const named = { ...event, at: 0 }
  for (const end of ['from', 'to'] as const) {
    const name = named[end]
    if (!name) continue
    const port = /:(\d+)$/.exec(text(`127.0.0.1:${name.port}`))?.[1]
    named[end] = { address: text(name.address), port: Number(port) }
  }
  if ('text' in named) named.text = text(named.text)
  if ('bytes' in named)
    named.bytes = Buffer.from(text(Buffer.from(named.bytes).toString('latin1')), 'latin1')
  if (named.kind === 'datagram') named.bytes = normaliseTime(Buffer.from(named.bytes))
  return named
}

/** 2026-01-31T12:38:13Z, which stands for the Unix time of the hour in which a recording is normalised. */
const FIXED_TIME = Buffer.from([0x69, 0x7d, 0xf7, 0xb5])

/** The time as a UDP time server tells it, four bytes in one order or the other, becomes one fixed time. */
function normaliseTime(bytes: Buffer): Uint8Array {
  if (bytes.length !== FIXED_TIME.length) return bytes
  const isNow = (seconds: number) => Math.abs(seconds - Date.now() / 1000) < 3_600
  if (isNow(bytes.readUInt32BE())) return FIXED_TIME
  if (isNow(bytes.readUInt32LE())) return FIXED_TIME.toReversed()
  return bytes
}

/** What a stalled reader's kernel takes varies; above this a length only says that it was much, in bytes. */
const MUCH = 1024 * 1024

/**
 * A crash prints paths of this machine, and what it says of itself is in the finding. A method that is
 * still under way when a test fails may come to an end while the test is cleared away, or not.
 */
function isAfterthought(event: WireEvent): boolean {
  return event.kind === 'stderr' || (event.kind === 'return' && event.text.startsWith('server.'))
}

function isSameDatagram(one: WireEvent, other: WireEvent): boolean {
  if (one.kind !== 'datagram' || other.kind !== 'datagram') return false
  const hasSameEnds = one.from?.port === other.from?.port && one.to?.port === other.to?.port
  return hasSameEnds && Buffer.compare(one.bytes, other.bytes) === 0
}

/** Calls first, then each connection's two directions, then stdio; bytes of one direction in one piece. */
function lanes(recording: Recording): Recording {
  const lane = (event: WireEvent) => {
    if (event.kind === 'call' || event.kind === 'return' || event.kind === 'note') return `0`
    if (event.kind === 'SYN' || event.kind === 'refused') return `1 ${event.conn} 0`
    if (event.conn) return `1 ${event.conn} ${event.way}`
    return `2 ${event.kind}`
  }
  const sorted = recording
    .filter((event) => !isAfterthought(event))
    .map((event, i) => ({ event, key: lane(event), i }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.i - b.i))
    .map(({ event }) => event)
  const merged: Recording = []
  for (const event of sorted) {
    const last = merged.at(-1)
    // How often a test repeated itself until the program moved is a matter of time.
    if (last && event.way === 'in' && isSameDatagram(last, event)) continue
    const isStream = last && 'bytes' in event && 'bytes' in last && event.kind !== 'datagram'
    if (
      isStream &&
      last.kind === event.kind &&
      last.way === event.way &&
      last.conn === event.conn
    ) {
      const bytes = Buffer.concat([last.bytes, event.bytes])
      merged[merged.length - 1] = { ...last, bytes, length: last.length + event.length }
    } else merged.push(event)
  }
  return merged.map((event) =>
    'length' in event ? { ...event, length: Math.min(event.length, MUCH) } : event,
  )
}
