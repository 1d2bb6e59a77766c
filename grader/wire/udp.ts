import dgram from 'node:dgram'
import { once } from 'node:events'
import { quote, toBytes } from './bytes.ts'
import { Finding } from './finding.ts'
import type { Waiter } from './peer.ts'
import type { Name, Recorder } from './recording.ts'
import type { Endpoint } from './tcp.ts'

export type Datagram = { bytes: Buffer; from: Endpoint }

/**
 * The grader's UDP socket, recorded. Faults are what the test does with it: a datagram received and
 * not answered is `lose`d, one sent twice is a repetition, two sent in the other order a reordering,
 * and a stranger is a second UdpPeer.
 */
export class UdpPeer {
  readonly conn: string
  readonly #socket: dgram.Socket
  readonly #recorder: Recorder
  readonly #waiter: Waiter
  readonly #queue: Datagram[] = []
  #changed = Promise.withResolvers<void>()

  constructor(recorder: Recorder, waiter: Waiter, family: 'udp4' | 'udp6' = 'udp4') {
    this.conn = recorder.nextConnection()
    this.#recorder = recorder
    this.#waiter = waiter
    this.#socket = dgram.createSocket(family)
    this.#socket.on('message', (bytes, from) => {
      const names = { from: { address: from.address, port: from.port }, to: this.#name() }
      recorder.bytes('datagram', 'out', this.conn, bytes, names)
      this.#queue.push({ bytes, from: { host: from.address, port: from.port } })
      this.#changed.resolve()
      this.#changed = Promise.withResolvers()
    })
    // ECONNREFUSED of an earlier send: the silence that follows is what a test looks at
    this.#socket.on('error', () => {})
  }

  async bind(host = '127.0.0.1', port = 0): Promise<this> {
    this.#socket.bind({ address: host, port })
    await once(this.#socket, 'listening')
    return this
  }

  get address(): Endpoint {
    const { address, port } = this.#name()
    return { host: address, port }
  }

  /** Sends one datagram, as many `times` as asked; rejects with the system's error. */
  async send(data: string | Uint8Array, to: Endpoint, times = 1): Promise<void> {
    const bytes = toBytes(data)
    for (let i = 0; i < times; i++) {
      const names = { from: this.#name(), to: { address: to.host, port: to.port } }
      this.#recorder.bytes('datagram', 'in', this.conn, bytes, names)
      await new Promise<void>((resolve, reject) => {
        this.#socket.send(bytes, to.port, to.host, (error) => (error ? reject(error) : resolve()))
      })
    }
  }

  /** The next datagram that the program sent to this socket. */
  async receive(): Promise<Datagram> {
    while (this.#queue.length === 0) {
      await this.#waiter.wait(this.#changed.promise, () => ({
        kind: 'nothing came',
        message: 'no datagram came',
        conn: this.conn,
      }))
    }
    return this.#queue.shift() as Datagram
  }

  /** Waits for a datagram of exactly these bytes and returns who sent it. */
  async expect(data: string | Uint8Array): Promise<Endpoint> {
    const expected = toBytes(data)
    const { bytes, from } = await this.receive()
    if (bytes.equals(expected)) return from
    const message = `the datagram is not the one that was due`
    throw new Finding({ kind: 'wrong bytes', message, expected, got: bytes, conn: this.conn })
  }

  /** Receives a datagram and records it as lost on its way: the program hears nothing of it. */
  async lose(): Promise<Datagram> {
    const datagram = await this.receive()
    this.#recorder.add({ kind: 'lost', way: 'out', conn: this.conn })
    return datagram
  }

  /** Fails if a datagram came that nobody received. Call it after `settled()`. */
  expectSilence(why: string): void {
    const [first] = this.#queue
    if (!first) return
    const message = `${why}, but ${quote(first.bytes.subarray(0, 60)).text} came`
    throw new Finding({ kind: 'too many bytes', message, got: first.bytes, conn: this.conn })
  }

  close(): void {
    this.#socket.close()
  }

  #name(): Name {
    const { address, port } = this.#socket.address()
    return { address, port }
  }
}
