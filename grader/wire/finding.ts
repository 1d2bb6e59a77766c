import { firstDifference } from './bytes.ts'

/**
 * What a hidden test found wrong, in the terms that feedback is written in. It is thrown as an Error;
 * vitest hands its fields on.
 */
export type Kind =
  | 'wrong bytes'
  | 'too few bytes'
  | 'too many bytes'
  | 'nothing came'
  | 'ended early'
  | 'reset'
  | 'did not end'
  | 'stopped reading'
  | 'never connected'
  | 'refused'
  | 'never settled'
  | 'wrong value'
  | 'resolved'
  | 'rejected'
  | 'threw'
  | 'never listened'
  | 'wrong host'
  | 'wrong port'
  | 'not serialisable'
  | 'no such export'
  | 'no such method'
  | 'not loaded'
  | 'still there'
  | 'too much memory'
  | 'exited'
  | 'crashed'
  | 'killed'
  | 'flooded'
  | 'hung'
  | 'garbled'

/** The kinds that mean that the student's process itself came to grief. */
export const CRASHES: ReadonlySet<Kind> = new Set([
  'exited',
  'crashed',
  'killed',
  'flooded',
  'hung',
  'garbled',
  'not loaded',
])
/** The kinds that mean that something awaited did not happen. */
export const TIMEOUTS: ReadonlySet<Kind> = new Set([
  'nothing came',
  'too few bytes',
  'did not end',
  'stopped reading',
  'never connected',
  'never settled',
])

export type FindingData = {
  kind: Kind
  /** one sentence: what happened instead of what was to happen */
  message: string
  expected?: Shown
  got?: Shown
  /** where expected and got first differ, and how they relate; only when both are bytes */
  differ?: { at: number; relation: string }
  /** on which connection of the recording */
  conn?: string
}

/**
 * A value as text, or the part of some bytes that a person needs to see: `length` in all, of which
 * those from `from` on are kept (latin1, one character a byte, because errors cross threads as JSON).
 */
export type Shown = string | { length: number; from: number; latin1: string }

/** What a Finding is made of: as FindingData, with whole bytes. */
export type Found = Omit<FindingData, 'expected' | 'got' | 'differ'> & {
  expected?: Uint8Array | string
  got?: Uint8Array | string
}

export class Finding extends Error {
  readonly finding: FindingData
  constructor({ expected, got, ...data }: Found) {
    super(data.message)
    this.name = 'Finding'
    this.finding = data
    const areBytes = typeof expected === 'object' && typeof got === 'object'
    const at = areBytes ? firstDifference(expected, got) : 0
    if (expected !== undefined) this.finding.expected = shown(expected, at)
    if (got !== undefined) this.finding.got = shown(got, at)
    if (areBytes) this.finding.differ = { at, relation: relation(expected, got, at) }
  }
}

/** How many bytes are kept of a long value, and how many of them before the first that differs. */
const KEPT = 64
const BEFORE = 16

function shown(value: Uint8Array | string, at: number): Shown {
  if (typeof value === 'string') return value
  const from = Math.max(0, at - BEFORE)
  const latin1 = Buffer.from(value.subarray(from, from + KEPT)).toString('latin1')
  return { length: value.length, from, latin1 }
}

const REPLACEMENT = Buffer.from('\ufffd')

/** What a person would call the difference: independent of seeds, so that causes can be told by it. */
function relation(expected: Uint8Array, got: Uint8Array, at: number): string {
  const [due, came] = [Buffer.from(expected), Buffer.from(got)]
  if (came.length === 0) return 'nothing'
  if (came.includes(REPLACEMENT) && !due.includes(REPLACEMENT)) return 'broken characters'
  if (at === came.length) return 'only the start'
  if (at === due.length) return 'more after it'
  if (due.includes(came)) return 'a part'
  if (came.includes(due)) return 'more around it'
  return at === 0 ? 'other from the start' : 'other'
}
