// bug: only the descriptor's number was handed over, so two threads own one descriptor: the main thread's socket is never closed, and closing it once the number is used again would cut an innocent client
// catalogue: 40
// fails: ends a thread with its connection, by FIN or by RST
// lesson: Handing a socket over

import { once } from 'node:events'
import net from 'node:net'
import { Worker } from 'node:worker_threads'

type Endpoint = { host: string; port: number }

export async function startThreadedServer(at: Endpoint): Promise<net.Server> {
  const server = net.createServer({ allowHalfOpen: true, pauseOnConnect: true }, handOver)
  server.listen(at.port, at.host)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}

function handOver(socket: net.Socket) {
  const { fd } = (socket as unknown as { _handle: { fd: number } })._handle
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { fd } })
  worker.on('error', (error) => console.error('a thread died:', error))
  worker.unref()
}
