import { setTimeout as delay } from 'node:timers/promises'
import { BadCall } from '../exit.ts'
import { quote } from '../wire/bytes.ts'
import { type Cuts, cut, everyByte } from '../wire/cuts.ts'
import { COMMANDS } from './commands.ts'
import type { Display } from './display.ts'
import type { Exchange } from './exchange.ts'
import type { Partner } from './partner.ts'
import type { Scribe } from './scribe.ts'
import { type Encoding, encode } from './text.ts'

/** Between two pieces of `/cut` and `/drip`, in milliseconds: time for the other program to read the first alone. */
const PIECE_MS = 100

/** What a person, a script or a pipe does at a place, line by line. */
export class Session {
  readonly exchange: Exchange
  readonly display: Display
  encoding: Encoding = 'utf8'
  /** what Enter adds */
  eol: Buffer = Buffer.from('\n')
  /** who was chosen; without a choice all, or with UDP the one who sent last */
  chosen: string | undefined
  isDone = false
  /** how many of those that came a script has expected */
  expectedClients = 0
  scribe: Scribe | undefined
  #running: AbortController | undefined

  constructor(exchange: Exchange, display: Display) {
    this.exchange = exchange
    this.display = display
  }

  /** Does one line: a command, or text to send. Throws a BadCall when it cannot, a Finding when an expectation fails. */
  async run(line: string): Promise<void> {
    const [, name, rest = ''] = /^\/(\S+)\s?(.*)$/s.exec(line) ?? []
    const isText = name === undefined || line.startsWith('//')
    const command = isText ? undefined : COMMANDS.get(name.toLowerCase())
    if (!isText && !command && !name?.startsWith('#'))
      throw new BadCall(
        `there is no command /${name}; /help shows those that there are, and //${name} sends a line that begins with a slash`,
      )
    const before = this.exchange.log.events.length
    if (!command?.onlyAsks) this.scribe?.typed(line || `/send ${quote(this.eol).text}`)
    this.#running = new AbortController()
    try {
      if (command) await command.run(this, rest)
      else if (isText) await this.sendLine(line.startsWith('//') ? line.slice(1) : line)
    } catch (error) {
      if (this.exchange.log.events.length === before) this.scribe?.retract()
      throw error
    } finally {
      this.#running = undefined
    }
  }

  /** Stops what runs just now; false when nothing does. */
  stop(): boolean {
    this.#running?.abort()
    return this.#running !== undefined
  }

  quit(): void {
    this.isDone = true
    this.exchange.announce()
  }

  sendLine(text: string): Promise<void> {
    return this.send(Buffer.concat([encode(text, this.encoding), this.eol]))
  }

  /** Sends bytes to whom they are meant for, in pieces if there are cuts. */
  async send(bytes: Buffer, cuts: Cuts = []): Promise<void> {
    const { kind } = this.exchange.place
    if (bytes.length === 0 && kind !== 'udp')
      throw new BadCall('there is nothing to send: a stream has no empty messages')
    if (cuts.length > 0 && kind === 'udp')
      throw new BadCall('a datagram goes whole: UDP has nothing to cut or drip')
    const to = this.#recipients()
    for (const [i, piece] of cut(bytes, cuts).entries()) {
      if (i > 0) await this.sleep(PIECE_MS)
      const sent = this.#hand(piece, to)
      // A stream that nobody reads must not keep one from the next command, /rst for example.
      if (kind === 'udp') await sent
    }
  }

  /** Sends what comes of a stream, no faster than it is taken. */
  async pour(source: AsyncIterable<Buffer>): Promise<void> {
    const to = this.#recipients()
    for await (const piece of source) await this.stoppable(this.#hand(piece, to))
  }

  #hand(bytes: Uint8Array, to: Partner[]): Promise<unknown> {
    return Promise.all(to.map((partner) => partner.send(bytes)))
  }

  drip(bytes: Buffer): Promise<void> {
    return this.send(bytes, everyByte(bytes.length))
  }

  /** Whether there is a side of ours that is still open and can be ended. */
  get canFinish(): boolean {
    const { kind } = this.exchange.place
    return kind !== 'udp' && this.#meant().some(({ hasFinished }) => !hasFinished)
  }

  finish(): void {
    for (const partner of this.#recipients()) partner.finish()
  }

  reset(): void {
    for (const partner of this.#recipients()) partner.reset()
  }

  sleep(ms: number): Promise<void> {
    return this.stoppable(delay(ms))
  }

  /** Waits for something unless it is stopped. */
  async stoppable<T>(work: Promise<T>): Promise<T> {
    const { signal } = this.#running ?? new AbortController()
    const stopped = Promise.withResolvers<never>()
    const stop = () => stopped.reject(new BadCall('stopped'))
    signal.addEventListener('abort', stop)
    if (signal.aborted) stop()
    try {
      return await Promise.race([work, stopped.promise])
    } finally {
      signal.removeEventListener('abort', stop)
    }
  }

  /** What stands before the line that is typed: to whom it goes, in which encoding, and what Enter adds. */
  get prompt(): string {
    const { place } = this.exchange
    const to = this.#meant()
    const words: string[] = []
    if (place.isServer) {
      const isOne = to.length === 1
      words.push(to.length === 0 ? 'nobody' : isOne ? `${to[0]?.letter}` : 'all')
    }
    if (to.length > 0 && to.every(({ hasFinished }) => hasFinished)) words.push('ended')
    else {
      if (this.encoding !== 'utf8') words.push(this.encoding)
      if (this.eol.length > 0) words.push(`+${quote(this.eol).text.slice(1, -1)}`)
    }
    return `${words.join(' ')}> `
  }

  /** Whom a command means. */
  #meant(): Partner[] {
    const { partners, latest, place } = this.exchange
    if (this.chosen) return partners.filter(({ letter }) => letter === this.chosen)
    if (place.isServer && place.kind === 'udp') return latest ? [latest] : []
    const open = partners.filter(({ hasFinished }) => !hasFinished)
    return open.length > 0 ? open : partners
  }

  #recipients(): Partner[] {
    const to = this.#meant()
    if (to.length > 0) return to
    throw new BadCall(
      this.chosen
        ? `${this.chosen} is gone, so nothing was sent; /to all, or /to and another letter, goes on`
        : 'nobody is there, so nothing was sent',
    )
  }
}
