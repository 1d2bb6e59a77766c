import type { Name, Unstamped, Way, WireEvent } from '../wire/recording.ts'
import { KEPT_BYTES, Recorder } from '../wire/recording.ts'

/** What goes so long after a long stream, in milliseconds, is no part of it. */
const PAUSE_MS = 100
const NONE = new Uint8Array()

/** Told of each event; `bytes` is all that went, where the event keeps only the beginning of it. */
export type Listener = {
  happened(event: WireEvent, bytes: Uint8Array): void
  /** more of the long stream that the last event tells of */
  wentOn(event: WireEvent, bytes: Uint8Array): void
}

/** The recording of a session, which tells of each event when it happens. */
export class Log extends Recorder {
  readonly listeners: Listener[] = []
  #bytes: Uint8Array = NONE
  #wentAt = 0

  constructor() {
    super(Number.POSITIVE_INFINITY)
  }

  override add(event: Unstamped<WireEvent>): void {
    super.add(event)
    const last = this.events.at(-1) as WireEvent
    for (const listener of this.listeners) listener.happened(last, this.#bytes)
  }

  override bytes(
    kind: 'data' | 'datagram',
    way: Way,
    conn: string,
    chunk: Uint8Array,
    names: { from?: Name; to?: Name } = {},
  ): void {
    const before = this.events.length
    const isLater = performance.now() - this.#wentAt > PAUSE_MS
    this.#wentAt = performance.now()
    this.#bytes = chunk
    if (isLater) {
      const bytes = new Uint8Array(chunk.subarray(0, KEPT_BYTES))
      this.add({ kind, way, conn, bytes, length: chunk.length, ...names })
    } else super.bytes(kind, way, conn, chunk, names)
    this.#bytes = NONE
    const last = this.events.at(-1) as WireEvent
    if (this.events.length > before) return
    for (const listener of this.listeners) listener.wentOn(last, chunk)
  }
}
