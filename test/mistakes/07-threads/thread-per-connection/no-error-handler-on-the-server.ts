// bug: nothing listens for the server's `error`, so a taken port ends the whole program instead of rejecting
// catalogue: 22
// fails: rejects with EADDRINUSE when the port is taken
// lesson: Errors arrive as events

import net from 'node:net'
import { Worker } from 'node:worker_threads'

type Endpoint = { host: string; port: number }

export function startThreadedServer(at: Endpoint): Promise<net.Server> {
  const server = net.createServer({ allowHalfOpen: true, pauseOnConnect: true }, handOver)
  return new Promise((resolve) => server.listen(at.port, at.host, () => resolve(server)))
}

function handOver(socket: net.Socket) {
  const worker = new Worker(new URL('./worker.ts', import.meta.url))
  worker.on('error', (error) => console.error('a thread died:', error))
  worker.postMessage({ socket }, [socket])
  worker.unref()
}
