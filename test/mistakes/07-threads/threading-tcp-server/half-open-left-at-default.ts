// bug: `allowHalfOpen` was left at false: Node answers the client's FIN with its own, and what the handler says after that is lost
// catalogue: 24
// fails: lets the handler speak after the client has half-closed
// lesson: Handing a socket over

import { once } from 'node:events'
import net from 'node:net'
import { Worker } from 'node:worker_threads'

type Endpoint = { host: string; port: number }

export class ThreadingTCPServer {
  readonly server: net.Server
  readonly #at: Endpoint
  readonly #handler: URL
  readonly #threads = new Set<Promise<void>>()

  constructor(at: Endpoint, handler: URL) {
    this.#at = at
    this.#handler = handler
    this.server = net.createServer({ pauseOnConnect: true }, (socket) => this.#serve(socket))
  }

  async serveForever(): Promise<void> {
    this.server.listen(this.#at.port, this.#at.host)
    await once(this.server, 'listening')
    this.server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
    await new Promise((resolve) => this.server.once('close', resolve))
    await Promise.all(this.#threads)
  }

  async shutdown(): Promise<void> {
    this.server.close()
    await Promise.all(this.#threads)
  }

  address(): net.AddressInfo {
    return this.server.address() as net.AddressInfo
  }

  #serve(socket: net.Socket) {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: this.#handler.href,
    })
    worker.on('error', (error) => console.error('a thread died:', error))
    worker.postMessage({ socket }, [socket])
    const ended = new Promise<void>((resolve) => {
      worker.on('exit', () => {
        this.#threads.delete(ended)
        resolve()
      })
    })
    this.#threads.add(ended)
  }
}

export async function startUpperServer(at: Endpoint): Promise<net.Server> {
  const threading = new ThreadingTCPServer(at, new URL('./upper.ts', import.meta.url))
  const serving = threading.serveForever()
  await Promise.race([serving, once(threading.server, 'listening')])
  return threading.server
}
