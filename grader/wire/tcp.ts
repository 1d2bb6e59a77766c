import { once } from 'node:events'
import net, { type AddressInfo } from 'node:net'
import { Finding } from './finding.ts'
import { Peer, type Waiter } from './peer.ts'
import type { Recorder } from './recording.ts'

export type Endpoint = { host: string; port: number }

/** Connects to the student's server. Rejects with a Finding when it is refused or nobody answers. */
export async function connectPeer(
  to: Endpoint & { localAddress?: string },
  recorder: Recorder,
  waiter: Waiter,
): Promise<Peer> {
  const socket = net.connect({ ...to, allowHalfOpen: true })
  const where = `${to.host}:${to.port}`
  try {
    await waiter.wait(once(socket, 'connect'), () => ({
      kind: 'never connected',
      message: `a connection to ${where} was never accepted`,
    }))
  } catch (error) {
    socket.destroy()
    if (error instanceof Error && 'syscall' in error) {
      const { code } = error as NodeJS.ErrnoException
      recorder.add({
        kind: 'refused',
        way: 'in',
        conn: '',
        to: { address: to.host, port: to.port },
      })
      throw new Finding({
        kind: 'refused',
        message: `connecting to ${where} failed: ${code}`,
        got: code ?? '',
      })
    }
    throw error
  }
  return new Peer(socket, recorder, waiter, 'in')
}

/** A server of the grader's, for the student's client to connect to. */
export class Listener {
  readonly server: net.Server
  readonly peers: Peer[] = []
  readonly #waiter: Waiter
  readonly #accepted: Peer[] = []
  #changed = Promise.withResolvers<void>()

  constructor(recorder: Recorder, waiter: Waiter) {
    this.#waiter = waiter
    this.server = net.createServer({ allowHalfOpen: true }, (socket) => {
      const peer = new Peer(socket, recorder, waiter, 'out')
      this.peers.push(peer)
      this.#accepted.push(peer)
      this.#changed.resolve()
      this.#changed = Promise.withResolvers()
    })
  }

  /** Where it listens. */
  get address(): Endpoint {
    const { address, port } = this.server.address() as AddressInfo
    return { host: address, port }
  }

  async listen(host = '127.0.0.1', port = 0): Promise<this> {
    this.server.listen({ host, port })
    await once(this.server, 'listening')
    return this
  }

  /** The next connection that the program makes. */
  async accept(): Promise<Peer> {
    while (this.#accepted.length === 0) {
      await this.#waiter.wait(this.#changed.promise, () => ({
        kind: 'never connected',
        message: `the program did not connect to ${this.address.host}:${this.address.port}`,
      }))
    }
    return this.#accepted.shift() as Peer
  }

  /** How many connections came that nobody has accepted yet. */
  get waiting(): number {
    return this.#accepted.length
  }

  /** Stops listening at once; connections made go on. */
  close(): void {
    this.server.close()
  }
}
