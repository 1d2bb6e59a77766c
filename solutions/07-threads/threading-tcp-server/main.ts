import { once } from 'node:events'
import net from 'node:net'
import { Worker } from 'node:worker_threads'

type Endpoint = { host: string; port: number }

/**
 * A TCP server at `at` (port 0: any free port) that gives each connection a worker thread. There the
 * functions `setup?(request)`, `handle(request)` and `finish?(request)` of the module `handler` run in
 * this order, each awaited; `finish` runs though `handle` throws. Then the connection ends.
 */
export class ThreadingTCPServer {
  readonly server: net.Server
  readonly #at: Endpoint
  readonly #handler: URL
  readonly #threads = new Set<Promise<void>>()

  constructor(at: Endpoint, handler: URL) {
    this.#at = at
    this.#handler = handler
    // pauseOnConnect: a socket of which something was read could not be handed to the thread.
    this.server = net.createServer({ allowHalfOpen: true, pauseOnConnect: true }, (socket) =>
      this.#serve(socket),
    )
  }

  /**
   * Listens, and resolves once `shutdown` was called and the last connection has ended. Rejects with
   * the system's error (`code`, such as EADDRINUSE) when it cannot listen.
   */
  async serveForever(): Promise<void> {
    this.server.listen(this.#at.port, this.#at.host)
    await once(this.server, 'listening')
    this.server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
    await new Promise((resolve) => this.server.once('close', resolve))
    await Promise.all(this.#threads)
  }

  /** Takes no more connections from now on, and resolves when those under way have ended. */
  async shutdown(): Promise<void> {
    this.server.close()
    await Promise.all(this.#threads)
  }

  /** Where it listens. */
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

/**
 * Listens at `at` and sends back in upper case whatever comes, as it comes. Rejects with the system's
 * error (`code`) when it cannot listen.
 */
export async function startUpperServer(at: Endpoint): Promise<net.Server> {
  const threading = new ThreadingTCPServer(at, new URL('./upper.ts', import.meta.url))
  const serving = threading.serveForever()
  await Promise.race([serving, once(threading.server, 'listening')])
  return threading.server
}

if (import.meta.main) {
  const port = Number(process.argv[2] ?? 4000)
  await startUpperServer({ host: '127.0.0.1', port })
  console.log(`listening on 127.0.0.1:${port}`)
}
