// bug: nothing listens for the worker's `error`, so an exception in one thread is thrown in the main thread too and ends the whole program
// catalogue: -
// fails: drops the client whose thread crashes, and nobody else
// lesson: When a thread dies

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
  const worker = new Worker(new URL('./worker.ts', import.meta.url))
  worker.postMessage({ socket }, [socket])
  worker.unref()
}
