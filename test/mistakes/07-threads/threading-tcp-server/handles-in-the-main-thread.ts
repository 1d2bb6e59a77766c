// bug: the handler was called in the main thread: no worker is ever started
// catalogue: 31
// fails: runs the handler of each connection in a worker thread of its own
// lesson: A socket in a thread of its own

import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }

export class ThreadingTCPServer {
  readonly server: net.Server
  readonly #at: Endpoint
  readonly #handler: URL

  constructor(at: Endpoint, handler: URL) {
    this.#at = at
    this.#handler = handler
    this.server = net.createServer({ allowHalfOpen: true }, (socket) => this.#serve(socket))
  }

  async serveForever(): Promise<void> {
    this.server.listen(this.#at.port, this.#at.host)
    await once(this.server, 'listening')
    this.server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
    await new Promise((resolve) => this.server.once('close', resolve))
  }

  async shutdown(): Promise<void> {
    this.server.close()
  }

  address(): net.AddressInfo {
    return this.server.address() as net.AddressInfo
  }

  async #serve(socket: net.Socket) {
    socket.on('error', (error) => console.error(`a client broke off: ${error.message}`))
    try {
      const handler: Handler = await import(this.#handler.href)
      await handler.setup?.(socket)
      try {
        await handler.handle(socket)
      } finally {
        await handler.finish?.(socket)
      }
    } catch (error) {
      console.error('the handler failed:', error)
    }
    socket.end()
    socket.resume()
  }
}

type Handler = {
  setup?(request: net.Socket): unknown
  handle(request: net.Socket): unknown
  finish?(request: net.Socket): unknown
}

export async function startUpperServer(at: Endpoint): Promise<net.Server> {
  const threading = new ThreadingTCPServer(at, new URL('./upper.ts', import.meta.url))
  const serving = threading.serveForever()
  await Promise.race([serving, once(threading.server, 'listening')])
  return threading.server
}
