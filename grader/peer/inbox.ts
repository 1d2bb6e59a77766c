/**
 * What came and has not been expected yet. Nobody but a script expects anything, so without one nothing is
 * kept. A stream is one piece, however it came; of datagrams each is one.
 */
export class Inbox {
  readonly #keeps: boolean
  readonly #isStream: boolean
  #pieces: Buffer[] = []

  constructor({ keeps, isStream }: { keeps: boolean; isStream: boolean }) {
    this.#keeps = keeps
    this.#isStream = isStream
  }

  add(bytes: Buffer): void {
    if (this.#keeps) this.#pieces.push(bytes)
  }

  /** The next piece; undefined when nothing has come. */
  get next(): Buffer | undefined {
    if (this.#isStream && this.#pieces.length > 1) this.#pieces = [Buffer.concat(this.#pieces)]
    return this.#pieces[0]
  }

  /** Takes the first `length` bytes of a stream, or a whole datagram. */
  take(length: number): void {
    const next = this.next
    if (!next) return
    if (this.#isStream && length < next.length) this.#pieces[0] = next.subarray(length)
    else this.#pieces.shift()
  }

  get isStream(): boolean {
    return this.#isStream
  }
}
