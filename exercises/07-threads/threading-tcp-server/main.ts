import net from 'node:net'
import { Worker } from 'node:worker_threads'

type Endpoint = { host: string; port: number }

/**
 * A TCP server at `at` (port 0: any free port) that gives each connection a worker thread. There the
 * functions `setup?(request)`, `handle(request)` and `finish?(request)` of the module `handler` run in
 * this order, each awaited; `finish` runs though `handle` throws. Then the connection ends.
 */
export class ThreadingTCPServer {
  constructor(at: Endpoint, handler: URL) {
    throw new Error(
      'Not written yet: a server that runs a handler in a worker thread for each connection',
    )
  }

  /**
   * Listens, and resolves once `shutdown` was called and the last connection has ended. Rejects with
   * the system's error (`code`, such as EADDRINUSE) when it cannot listen.
   */
  async serveForever(): Promise<void> {
    throw new Error('Not written yet')
  }

  /** Takes no more connections from now on, and resolves when those under way have ended. */
  async shutdown(): Promise<void> {
    throw new Error('Not written yet')
  }

  /** Where it listens. */
  address(): net.AddressInfo {
    throw new Error('Not written yet')
  }
}

/**
 * Listens at `at` and sends back in upper case whatever comes, as it comes. Rejects with the system's
 * error (`code`) when it cannot listen.
 */
export async function startUpperServer(at: Endpoint): Promise<net.Server> {
  throw new Error('Not written yet: start a ThreadingTCPServer whose handler writes upper case')
}

if (import.meta.main) {
  const port = Number(process.argv[2] ?? 4000)
  await startUpperServer({ host: '127.0.0.1', port })
  console.log(`listening on 127.0.0.1:${port}`)
}
