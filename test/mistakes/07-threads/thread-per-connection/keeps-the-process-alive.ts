// bug: the worker was not unref'd, or a listener for its messages was added after that and undid it: an idle client's thread keeps the whole process alive
// catalogue: 29
// fails: lets the process end after close, though a client is connected and idle
// lesson: Everything must end

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
  worker.on('error', (error) => console.error('a thread died:', error))
  worker.postMessage({ socket }, [socket])
}
