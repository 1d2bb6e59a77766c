import { once } from 'node:events'
import type net from 'node:net'
import { BadCall } from '../exit.ts'
import type { Name } from '../wire/recording.ts'
import { nameText } from '../wire/transcript.ts'
import type { Exchange } from './exchange.ts'
import { Inbox } from './inbox.ts'

/** Somebody at the other end, whatever it is that lies between. */
export interface Partner {
  /** as in a transcript: A, B, … */
  readonly letter: string
  /** the address of the other end */
  readonly name: string
  /** how the other side ended its direction */
  readonly ending: 'FIN' | 'RST' | undefined
  /** whether we have ended ours */
  readonly hasFinished: boolean
  readonly inbox: Inbox
  /** Resolves when the kernel has the bytes, or never will. Throws a BadCall when nothing can be sent. */
  send(bytes: Uint8Array): Promise<void>
  finish(): void
  reset(): void
  /** Ends what is left, after all that was sent; `isHurried`: without waiting for that. */
  close(isHurried: boolean): Promise<void>
}

/** The other end of a TCP connection or of a UNIX socket. */
export class StreamPartner implements Partner {
  readonly letter: string
  readonly name: string
  readonly inbox: Inbox
  ending: 'FIN' | 'RST' | undefined
  hasFinished = false
  readonly #socket: net.Socket
  readonly #exchange: Exchange

  /** `socket` must be connected, with `allowHalfOpen`, and nothing of it read yet. */
  constructor(socket: net.Socket, exchange: Exchange) {
    const { log, place } = exchange
    this.#socket = socket
    this.#exchange = exchange
    this.letter = log.nextConnection()
    this.inbox = new Inbox({ keeps: exchange.keeps, isStream: true })
    const path = place.kind === 'unix' ? place.path : ''
    const here: Name = { address: socket.localAddress ?? path, port: socket.localPort ?? 0 }
    const there: Name = { address: socket.remoteAddress ?? path, port: socket.remotePort ?? 0 }
    this.name = nameText(there)
    log.add({
      kind: 'SYN',
      conn: this.letter,
      ...(place.isServer
        ? { way: 'out', from: there, to: here }
        : { way: 'in', from: here, to: there }),
    })
    socket.setNoDelay(true)
    socket.on('data', (chunk: Buffer) => {
      log.bytes('data', 'out', this.letter, chunk)
      this.inbox.add(chunk)
      exchange.latest = this
      exchange.announce()
    })
    socket.on('end', () => this.#ended('FIN'))
    // ECONNRESET, or EPIPE where a write noticed it first.
    socket.on('error', () => this.#ended('RST'))
    socket.on('close', () => exchange.remove(this))
  }

  send(bytes: Uint8Array): Promise<void> {
    this.#mustBeOpen()
    this.#exchange.log.bytes('data', 'in', this.letter, bytes)
    return new Promise((resolve) => this.#socket.write(bytes, () => resolve()))
  }

  finish(): void {
    this.#mustBeOpen()
    this.hasFinished = true
    this.#exchange.log.add({ kind: 'FIN', way: 'in', conn: this.letter })
    this.#socket.end()
  }

  reset(): void {
    if (this.#exchange.place.kind === 'unix')
      throw new BadCall('a UNIX socket has no RST; /fin ends your side, /quit both')
    if (this.#socket.destroyed) throw new BadCall('the connection is gone already')
    this.#exchange.log.add({ kind: 'RST', way: 'in', conn: this.letter })
    this.#socket.resetAndDestroy()
  }

  async close(isHurried: boolean): Promise<void> {
    if (this.#socket.closed) return
    const closed = once(this.#socket, 'close')
    if (!this.hasFinished && !this.#socket.destroyed) this.finish()
    if (isHurried || this.#socket.writableFinished) this.#socket.destroy()
    else this.#socket.once('finish', () => this.#socket.destroy())
    await closed
  }

  #mustBeOpen(): void {
    if (this.#socket.destroyed) throw new BadCall('the connection is gone')
    if (this.hasFinished)
      throw new BadCall('your side is ended: after the FIN nothing more can be sent')
  }

  #ended(ending: 'FIN' | 'RST'): void {
    if (this.ending === 'RST') return
    this.ending = ending
    this.#exchange.log.add({ kind: ending, way: 'out', conn: this.letter })
    this.#exchange.announce()
  }
}
