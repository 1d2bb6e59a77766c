// bug: the thread is started when the client's first bytes have been read, and a socket that has begun to read cannot be handed to another thread
// catalogue: -
// fails: answers a client that sent everything at once and has half-closed before its thread ran
// lesson: Handing a socket over

import { once } from 'node:events'
import net from 'node:net'
import { Worker } from 'node:worker_threads'

type Endpoint = { host: string; port: number }

export async function startThreadedServer(at: Endpoint): Promise<net.Server> {
  const server = net.createServer({ allowHalfOpen: true }, handOver)
  server.listen(at.port, at.host)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}

function handOver(socket: net.Socket) {
  // A thread costs much: only for a client that has something to say.
  socket.once('readable', () => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url))
    worker.on('error', (error) => console.error('a thread died:', error))
    worker.postMessage({ socket }, [socket])
    worker.unref()
  })
}
