import { once } from 'node:events'
import net from 'node:net'
import { Worker } from 'node:worker_threads'

type Endpoint = { host: string; port: number }

/**
 * Listens at `at` (port 0: any free port) and serves each connection in a worker thread of its own,
 * which ends with the connection. The thread answers each line with `THREADID LINE\n`, `burn MS`
 * with `burned MS\n` after it has computed for MS milliseconds, and `crash` by throwing: that ends
 * its own connection and no other. After `close()` no thread keeps the process alive.
 *
 * Rejects with the system's error (`code`, such as EADDRINUSE) when it cannot listen.
 */
export async function startThreadedServer(at: Endpoint): Promise<net.Server> {
  // pauseOnConnect: nothing is read in this thread, so the other one gets every byte.
  const server = net.createServer({ allowHalfOpen: true, pauseOnConnect: true }, handOver)
  server.listen(at.port, at.host)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}

function handOver(socket: net.Socket) {
  const worker = new Worker(new URL('./worker.ts', import.meta.url))
  worker.on('error', (error) => console.error('a thread died:', error))
  worker.postMessage({ socket }, [socket])
  // A daemon thread: when nothing but such threads is left, the process ends.
  worker.unref()
}

if (import.meta.main) {
  const port = Number(process.argv[2] ?? 4000)
  await startThreadedServer({ host: '127.0.0.1', port })
  console.log(`listening on 127.0.0.1:${port}`)
}
