import { once } from 'node:events'
import net, { type AddressInfo } from 'node:net'
import { Finding } from './finding.ts'
import { Peer, type Waiter } from './peer.ts'
import type { Recorder } from './recording.ts'

export type Endpoint = { host: string; port: number }
/** Where to connect: an endpoint, from a certain address if it matters, or the path of a UNIX socket. */
export type Target = (Endpoint & { localAddress?: string }) | { path: string }

/** Connects to the student's server. Rejects with a Finding when it is refused or nobody answers. */
export async function connectPeer(to: Target, recorder: Recorder, waiter: Waiter): Promise<Peer> {
  const socket = net.connect({ ...to, allowHalfOpen: true })
  const name = 'path' in to ? { address: to.path, port: 0 } : { address: to.host, port: to.port }
  const where = 'path' in to ? to.path : `${to.host}:${to.port}`
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
        to: name,
      })
      throw new Finding({
        kind: 'refused',
        message: `connecting to ${where} failed: ${code}`,
        got: code ?? '',
      })
    }
    throw error
  }
  return new Peer(socket, recorder, waiter, 'in', 'path' in to ? to.path : undefined)
}

/** A server of the grader's, for the student's client to connect to. */
export class Listener {
  readonly server: net.Server
  readonly peers: Peer[] = []
  /** where it listens if that is a UNIX socket */
  path: string | undefined
  readonly #waiter: Waiter
  readonly #accepted: Peer[] = []
  #changed = Promise.withResolvers<void>()

  constructor(recorder: Recorder, waiter: Waiter) {
    this.#waiter = waiter
    this.server = net.createServer({ allowHalfOpen: true }, (socket) => {
      const peer = new Peer(socket, recorder, waiter, 'out', this.path)
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

  /** `host` may be the path of a UNIX socket. */
  async listen(host = '127.0.0.1', port = 0): Promise<this> {
    if (host.includes('/')) this.path = host
    this.server.listen(this.path ? { path: this.path } : { host, port })
    await once(this.server, 'listening')
    return this
  }

  /** The next connection that the program makes. */
  async accept(): Promise<Peer> {
    while (this.#accepted.length === 0) {
      await this.#waiter.wait(this.#changed.promise, () => ({
        kind: 'never connected',
        message: `the program did not connect to ${this.path ?? `${this.address.host}:${this.address.port}`}`,
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
