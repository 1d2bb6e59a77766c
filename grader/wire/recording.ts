/**
 * What one test did on the wire and in the program, in the order in which the grader saw it. The same
 * recording is drawn as a transcript, as a sequence diagram and as a capture file.
 */
export type Recording = WireEvent[]

/**
 * `in` is towards the student's program, `out` away from it. `at` is in milliseconds since the test
 * began. `bytes` holds at most KEPT_BYTES of the `length` that went.
 */
export type WireEvent =
  | ({ kind: 'data' | 'datagram'; way: Way; bytes: Uint8Array; length: number } & Common)
  | ({ kind: 'stdin' | 'stdout' | 'stderr'; way: Way; bytes: Uint8Array; length: number } & Common)
  | ({ kind: 'SYN' | 'FIN' | 'RST' | 'refused' | 'lost'; way: Way } & Common)
  | ({ kind: 'call' | 'return' | 'note'; way: Way; text: string } & Common)

export type Way = 'in' | 'out'
/** `conn` tells connections apart: `A`, `B`, … in the order in which they began; empty for none. */
type Common = { at: number; conn: string; from?: Name; to?: Name }
export type Name = { address: string; port: number }

/** How much of one write or read is kept, in bytes. */
export const KEPT_BYTES = 4096
const KEPT_EVENTS = 2000

export type Unstamped<T> = T extends { at: number } ? Omit<T, 'at'> : never

/** Collects the events of one test. */
export class Recorder {
  readonly events: Recording = []
  /** counts everything that happened, kept or not */
  activity = 0
  /** when bytes of the program's came last on a connection */
  cameAt = Number.NEGATIVE_INFINITY
  readonly #began = performance.now()
  readonly #most: number
  #isClosed = false
  #connections = 0

  /** Keeps at most `most` events. */
  constructor(most = KEPT_EVENTS) {
    this.#most = most
  }

  add(event: Unstamped<WireEvent>): void {
    this.#happened(event.kind, event.way)
    if (this.#isClosed || this.events.length >= this.#most) return
    const at = performance.now() - this.#began
    this.events.push({ ...event, at } as WireEvent)
  }

  /** Forgets all but the first `count` events: an attempt that showed nothing is no part of the story. */
  rewind(count: number): void {
    this.events.length = Math.min(count, this.events.length)
  }

  /** Ends the recording: what the clearing away after a test brings about is no part of it. */
  close(): void {
    this.#isClosed = true
  }

  /** Records bytes that went one way on a connection. */
  bytes(
    kind: 'data' | 'datagram' | 'stdin' | 'stdout' | 'stderr',
    way: Way,
    conn: string,
    chunk: Uint8Array,
    names: { from?: Name; to?: Name } = {},
  ): void {
    const last = this.events.at(-1)
    const isMore = last && 'length' in last && last.kind === kind && last.way === way
    if (
      isMore &&
      !this.#isClosed &&
      kind !== 'datagram' &&
      last.conn === conn &&
      last.length >= KEPT_BYTES
    ) {
      // The rest of a long stream: nobody wants a line for each piece of it.
      last.length += chunk.length
      this.#happened(kind, way)
      return
    }
    const bytes = new Uint8Array(chunk.subarray(0, KEPT_BYTES))
    this.add({ kind, way, conn, bytes, length: chunk.length, ...names })
  }

  #happened(kind: WireEvent['kind'], way: Way): void {
    this.activity += 1
    if (kind === 'data' && way === 'out') this.cameAt = performance.now()
  }

  /** A name for the next connection: A, B, … Z, then C27, C28, … */
  nextConnection(): string {
    this.#connections += 1
    const n = this.#connections
    return n <= 26 ? String.fromCharCode(64 + n) : `C${n}`
  }
}
