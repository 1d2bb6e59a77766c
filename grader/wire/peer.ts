import { once } from 'node:events'
import type net from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { firstDifference, quote, toBytes } from './bytes.ts'
import { type Cuts, cut } from './cuts.ts'
import { Finding, type Found } from './finding.ts'
import { Grown } from './grown.ts'
import type { Name, Recorder } from './recording.ts'
import { pieces, type Source } from './stream.ts'

/** How long a program's threads are given to read one piece before the next is sent, in milliseconds. */
const PIECE_MS = 250

/** How waits end that cannot be fulfilled; test/harness/watch.ts is the one implementation. */
export type Waiter = {
  wait<T>(promise: Promise<T>, say: () => Found): Promise<T>
  busy<T>(work: () => Promise<T>): Promise<T>
  /** resolves when the program's event loop has gone round: what was sent before has been read */
  turn(threadsMs?: number): Promise<void>
  /** resolves when the program has done all it can for now */
  settled(): Promise<void>
}

/** How the program's side of the connection ended, if it did. */
export type Ending = 'FIN' | 'RST' | undefined

/** Up to how many bytes an expectation is compared with each chunk that comes. */
const EAGER_BYTES = 64 * 1024
/** How much of a stream is shown from the first wrong byte on. */
const SHOWN_BYTES = 64

/**
 * The grader's end of one TCP connection with the student's program. Everything that goes or comes is
 * recorded. Reading has a position: each `expect…` and `read…` goes on where the last one stopped.
 */
export class Peer {
  readonly conn: string
  ending: Ending
  readonly #socket: net.Socket
  readonly #recorder: Recorder
  readonly #waiter: Waiter
  readonly #local: Name
  readonly #remote: Name
  readonly #received = new Grown()
  #taken = 0
  #sink: ((chunk: Buffer) => void) | undefined
  #changed = Promise.withResolvers<void>()

  /**
   * `socket` must be connected, with `allowHalfOpen`, and nothing of it read yet. Both ends of a UNIX
   * socket are called by its `path`.
   */
  constructor(
    socket: net.Socket,
    recorder: Recorder,
    waiter: Waiter,
    opened: 'in' | 'out',
    path?: string,
  ) {
    this.#socket = socket
    this.#recorder = recorder
    this.#waiter = waiter
    this.conn = recorder.nextConnection()
    this.#local = { address: socket.localAddress ?? path ?? '', port: socket.localPort ?? 0 }
    this.#remote = { address: socket.remoteAddress ?? path ?? '', port: socket.remotePort ?? 0 }
    const [from, to] = opened === 'in' ? [this.#local, this.#remote] : [this.#remote, this.#local]
    recorder.add({ kind: 'SYN', way: opened, conn: this.conn, from, to })
    socket.setNoDelay(true)
    socket.on('data', (chunk) => this.#take(chunk as Buffer))
    socket.on('end', () => this.#finish('FIN'))
    socket.on('error', () => this.#finish('RST'))
    socket.on('close', () => this.#wake())
  }

  /** This end's name, as the program sees it in its `remoteAddress` and `remotePort`. */
  get name(): Name {
    return this.#local
  }

  /** All bytes that came so far, read or not. */
  get received(): Buffer {
    return this.#received.bytes
  }

  /**
   * Sends text (as UTF-8) or bytes, in one write, or in one write for each piece between `cuts`; the
   * next piece waits until the program has read the last one, so that each arrives alone.
   */
  async write(data: string | Uint8Array, cuts: Cuts = []): Promise<void> {
    await this.#waiter.busy(async () => {
      const pieces = cut(toBytes(data), cuts)
      for (const [i, piece] of pieces.entries()) {
        if (!this.#send(piece)) return
        if (i < pieces.length - 1) await this.#waiter.turn(PIECE_MS)
      }
    })
  }

  /** Sends a byte every `everyMs` milliseconds until all are sent or the connection is gone. */
  async drip(data: string | Uint8Array, everyMs: number): Promise<void> {
    await this.#waiter.busy(async () => {
      for (const byte of toBytes(data)) {
        if (!this.#send(Uint8Array.of(byte))) return
        await delay(everyMs)
      }
    })
  }

  /**
   * Sends the first `length` bytes of `source`, as fast as the program takes them and never holding
   * more than the kernel's buffers do. Resolves when the last is handed to the kernel, or the
   * connection is gone. Fails when the program stops reading.
   */
  async stream(source: Source, length: number): Promise<void> {
    let sent = 0
    const stopped = (): Found => ({
      kind: 'stopped reading',
      message: `the program stopped reading: only ${sent} of ${length} bytes could be sent`,
      conn: this.conn,
    })
    for (const piece of pieces(source, length)) {
      const taken = this.#send(piece)
      if (!taken) return
      await this.#waiter.wait(taken, stopped)
      sent += piece.length
    }
  }

  /** The same to a program that need not take it all: it may close the connection or stop reading. */
  async pour(source: Source, length: number): Promise<void> {
    try {
      await this.stream(source, length)
    } catch (error) {
      if (!(error instanceof Finding && error.finding.kind === 'stopped reading')) throw error
    }
  }

  /** Half-close: sends FIN after all that was written; reading goes on. */
  end(): void {
    if (this.#socket.destroyed || this.#socket.writableEnded) return
    this.#recorder.add({ kind: 'FIN', way: 'in', conn: this.conn })
    this.#socket.end()
  }

  /** Cuts the connection with RST; what was not yet sent is lost. */
  reset(): void {
    if (this.#socket.destroyed) return
    this.#recorder.add({ kind: 'RST', way: 'in', conn: this.conn })
    this.#socket.resetAndDestroy()
  }

  /** Stops reading, so that the program's writes fill the buffers of both kernels. */
  pause(): void {
    this.#socket.pause()
  }

  resume(): void {
    this.#socket.resume()
  }

  /** Waits for exactly these bytes next. Fails at the first one that differs, without waiting for more. */
  async expect(data: string | Uint8Array): Promise<void> {
    const expected = toBytes(data)
    await this.#until(
      // Joining what came is left out for much data: a wrong byte in it is seen when enough has come.
      () =>
        this.#received.length - this.#taken >= expected.length ||
        (expected.length <= EAGER_BYTES &&
          firstDifference(this.#unread(), expected) < this.#unread().length),
      () => this.#missing(expected),
    )
    if (!this.#unread().subarray(0, expected.length).equals(expected)) {
      // A person reads the wrong answer better whole than as far as it happened to have come.
      await this.#waiter.settled()
      throw this.#wrong(expected)
    }
    this.#taken += expected.length
  }

  /**
   * Waits for the first `length` bytes of `source` next. They are compared as they come and not kept,
   * so there may be any number of them; `pause()` before they begin to come keeps the rest out too.
   */
  async expectStream(source: Source, length: number): Promise<void> {
    let at = 0
    let wrong: Finding | undefined
    const compare = (chunk: Buffer) => {
      if (wrong) return
      const mine = chunk.subarray(0, length - at)
      const expected = source(at, at + mine.length)
      const differs = firstDifference(mine, expected)
      if (differs >= 0) {
        const message = `byte ${at + differs} of the stream is not the one that was due`
        wrong = this.#found('wrong bytes', message, {
          // No more than is shown: where a chunk ends is chance.
          expected: expected.subarray(differs, differs + SHOWN_BYTES),
          got: mine.subarray(differs, differs + SHOWN_BYTES),
        })
      }
      at += mine.length
      if (mine.length < chunk.length) this.#keep(chunk.subarray(mine.length))
    }
    const early = this.#unread()
    this.#taken = this.#received.length
    compare(early)
    this.#sink = compare
    this.resume()
    try {
      await this.#until(
        () => at >= length || wrong !== undefined,
        () => this.#cutShort(at, length),
      )
    } finally {
      this.#sink = undefined
    }
    if (wrong) throw wrong
  }

  /** Waits for the program's FIN, and that nothing unread came before it. */
  async expectEnd(): Promise<void> {
    await this.#until(
      () => this.ending !== undefined || this.#unread().length > 0,
      () => this.#noEnd(),
    )
    if (this.#unread().length > 0) {
      await this.#waiter.settled()
      throw this.#found('too many bytes', 'more bytes came where the end (FIN) was due', {
        expected: Buffer.alloc(0),
      })
    }
    if (this.ending === 'RST')
      throw this.#found('reset', 'the connection was reset (RST) where FIN was due')
  }

  /** Waits for the end and returns all that came before it, unread until now. An RST fails. */
  async readToEnd(): Promise<Buffer> {
    await this.#until(
      () => this.ending !== undefined,
      () => this.#noEnd(),
    )
    if (this.ending === 'RST')
      throw this.#found('reset', 'the connection was reset (RST) where FIN was due')
    const rest = this.#unread()
    this.#taken = this.received.length
    return rest
  }

  /** Waits for the connection to be gone, by FIN or RST, whatever comes before. */
  async expectGone(): Promise<void> {
    await this.#until(
      () => this.ending !== undefined,
      () => this.#noEnd(),
    )
  }

  /** Waits for a line and returns it without its `\n`. */
  async readLine(): Promise<string> {
    await this.#until(
      () => this.#unread().includes(10),
      () => this.#noLine(),
    )
    const line = this.#unread().subarray(0, this.#unread().indexOf(10))
    this.#taken += line.length + 1
    return line.toString()
  }

  /** Waits for at least `length` bytes and returns exactly that many. */
  async read(length: number): Promise<Buffer> {
    await this.#until(
      () => this.#received.length - this.#taken >= length,
      () => ({
        ...this.#cutShort(this.#received.length - this.#taken, length),
        got: this.#unread(),
      }),
    )
    const got = this.#unread().subarray(0, length)
    this.#taken += length
    return got
  }

  /** Fails if anything came that no expectation has taken. Call it after `settled()`. */
  expectSilence(why: string): void {
    if (this.#unread().length > 0)
      throw this.#found('too many bytes', why, { expected: Buffer.alloc(0) })
    if (this.ending)
      throw this.#found('ended early', `${why}; the connection ended with ${this.ending}`)
  }

  /** Resolves when this end is closed; used by teardown. */
  async destroy(): Promise<void> {
    if (this.#socket.closed) return
    const closed = once(this.#socket, 'close')
    this.#socket.destroy()
    await closed
  }

  /** Resolves when the kernel has the bytes, or never will; undefined when the connection is gone. */
  #send(piece: Uint8Array): Promise<void> | undefined {
    if (this.#socket.destroyed || this.#socket.writableEnded) return undefined
    this.#recorder.bytes('data', 'in', this.conn, piece)
    return new Promise((resolve) => this.#socket.write(piece, () => resolve()))
  }

  #take(chunk: Buffer): void {
    this.#recorder.bytes('data', 'out', this.conn, chunk)
    if (this.#sink) this.#sink(chunk)
    else this.#keep(chunk)
    this.#wake()
  }

  #keep(chunk: Buffer): void {
    this.#received.append(chunk)
  }

  #finish(ending: Ending): void {
    if (!this.ending && ending) {
      this.ending = ending
      this.#recorder.add({ kind: ending, way: 'out', conn: this.conn })
    }
    this.#wake()
  }

  #wake(): void {
    this.#changed.resolve()
    this.#changed = Promise.withResolvers()
  }

  #unread(): Buffer {
    return this.received.subarray(this.#taken)
  }

  async #until(isDone: () => boolean, say: () => Found): Promise<void> {
    while (!isDone()) {
      if (this.ending || this.#socket.destroyed) throw new Finding(say())
      await this.#waiter.wait(this.#changed.promise, say)
    }
  }

  #missing(expected: Buffer): Found {
    const got = this.#unread()
    const of = quote(expected).text
    const base = { expected, got, conn: this.conn }
    if (this.ending === 'RST')
      return { ...base, kind: 'reset', message: `the connection was reset (RST) before ${of} came` }
    if (this.ending === 'FIN')
      return {
        ...base,
        kind: 'ended early',
        message: `the connection ended (FIN) before all of ${of} came`,
      }
    if (got.length === 0)
      return { ...base, kind: 'nothing came', message: `nothing came where ${of} was due` }
    return {
      ...base,
      kind: 'too few bytes',
      message: `only ${got.length} of ${expected.length} bytes came`,
    }
  }

  #cutShort(at: number, length: number): Found {
    const message = at === 0 ? `none of ${length} bytes came` : `only ${at} of ${length} bytes came`
    if (this.ending === 'RST')
      return { kind: 'reset', message: `${message} before the reset (RST)`, conn: this.conn }
    if (this.ending === 'FIN')
      return { kind: 'ended early', message: `${message} before the end (FIN)`, conn: this.conn }
    return { kind: at === 0 ? 'nothing came' : 'too few bytes', message, conn: this.conn }
  }

  #noLine(): Found {
    const found = this.#missing(Buffer.from('\n'))
    if (found.kind !== 'too few bytes') return found
    return { ...found, message: 'what came is no whole line: its end, "\\n", is missing' }
  }

  #noEnd(): Found {
    return {
      kind: 'did not end',
      message: 'the program did not end the connection: no FIN came',
      got: this.#unread(),
      conn: this.conn,
    }
  }

  #wrong(expected: Buffer): Finding {
    const at = firstDifference(this.#unread(), expected)
    return this.#found('wrong bytes', `byte ${at} is not the one that was due`, { expected })
  }

  #found(kind: Found['kind'], message: string, more: Partial<Found> = {}): Finding {
    return new Finding({ kind, message, got: this.#unread(), conn: this.conn, ...more })
  }
}
