import type { Handle } from '../../grader/student/protocol.ts'
import type { Level } from '../../grader/student/sockopt-names.ts'
import { Finding } from '../../grader/wire/finding.ts'
import type { Endpoint } from '../../grader/wire/tcp.ts'

/** A test that failed elsewhere never comes to await its calls; that must not end the grader. */
export function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {})
  return promise
}

/** What a Server asks of the Student it belongs to. */
type Owner = {
  invoke: (method: string, args: unknown[]) => Promise<unknown>
  option: (level: Level, name: string) => Promise<number>
}

/** A server (or another object with methods) that lives in the student's process. */
export class Server {
  readonly type: string
  readonly host: string
  readonly port: number
  readonly #handle: Handle
  readonly #asked: unknown
  readonly #owner: Owner

  /** `asked` is where it was told to listen: an endpoint, the path of a UNIX socket, or something else. */
  constructor(handle: Handle, asked: unknown, owner: Owner) {
    const address = handle.address as { address?: string; port?: number } | null
    this.type = handle.type
    this.host = address?.address ?? ''
    this.port = address?.port ?? 0
    this.#handle = handle
    this.#asked = asked
    this.#owner = owner
  }

  /** This server, once it is sure that it listens where it was told to. Throws a Finding otherwise. */
  checked(name: string): this {
    const { host, port } = (this.#asked ?? {}) as Partial<Endpoint>
    // At which path is left to the test: a socket that was renamed does not know its new one.
    const isAtPath = typeof this.#asked === 'string' && typeof this.#handle.address === 'string'
    if (isAtPath) return this
    if (this.port === 0) {
      const message = `${name} resolved, but its server does not listen: address() gives no port`
      throw new Finding({ kind: 'never listened', message })
    }
    if (host !== undefined && host !== 'localhost' && host !== this.host) {
      const message = `${name} was told to listen on ${host} and listens on ${this.host}`
      throw new Finding({ kind: 'wrong host', message, expected: host, got: this.host })
    }
    if (port && port !== this.port) {
      const message = `${name} was told to listen on port ${port} and listens on ${this.port}`
      throw new Finding({
        kind: 'wrong port',
        message,
        expected: String(port),
        got: String(this.port),
      })
    }
    return this
  }

  get address(): Endpoint {
    return { host: this.host, port: this.port }
  }

  /** A socket option of it, as the kernel has it in the program's process. */
  option(level: Level, name: string): Promise<number> {
    return handled(this.#owner.option(level, name))
  }

  /** Calls a method of the object and resolves with its result. */
  call<T = unknown>(method: string, ...args: unknown[]): Promise<T> {
    return handled(this.#owner.invoke(method, args) as Promise<T>)
  }

  /** Calls `close()`: no more connections are taken. Resolves at once, not at `close`'s event. */
  async close(): Promise<void> {
    await this.#owner.invoke('close', [])
  }
}
