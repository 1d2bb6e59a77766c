// bug: the death of a thread was noted and nothing more: the main thread holds the socket, so the client waits for ever
// catalogue: -
// fails: drops the client whose thread crashes, and nobody else
// lesson: When a thread dies

import { once } from 'node:events'
import net from 'node:net'
import { Worker } from 'node:worker_threads'

type Endpoint = { host: string; port: number }

export async function startThreadedServer(at: Endpoint): Promise<net.Server> {
  const server = net.createServer({ allowHalfOpen: true }, serve)
  server.listen(at.port, at.host)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}

function serve(socket: net.Socket) {
  const worker = new Worker(new URL('./worker.ts', import.meta.url))
  worker.on('message', (reply: Uint8Array | null) => {
    if (reply) socket.write(reply)
    else socket.end()
  })
  worker.on('error', (error) => console.error('a thread died:', error))
  worker.unref()
  socket.unref()
  socket.on('data', (chunk: Buffer) => worker.postMessage(chunk))
  socket.on('end', () => worker.postMessage(null))
  socket.on('error', (error) => console.error(`a client broke off: ${error.message}`))
  socket.on('close', () => worker.terminate())
}
