// bug: `allowHalfOpen` was left at false: Node answers the client's FIN with its own, and the replies that the thread gives later are lost
// catalogue: 24
// fails: answers a client that sent everything at once and has half-closed before its thread ran
// lesson: Handing a socket over

import { once } from 'node:events'
import net from 'node:net'
import { Worker } from 'node:worker_threads'

type Endpoint = { host: string; port: number }

export async function startThreadedServer(at: Endpoint): Promise<net.Server> {
  const server = net.createServer(serve)
  server.listen(at.port, at.host)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}

function serve(socket: net.Socket) {
  const worker = new Worker(new URL('./worker.ts', import.meta.url))
  worker.on('message', (reply: Uint8Array | null) => {
    if (reply && socket.writable) socket.write(reply)
    else socket.end()
  })
  worker.on('error', (error) => {
    console.error('a thread died:', error)
    socket.destroy()
  })
  worker.unref()
  socket.unref()
  socket.on('data', (chunk: Buffer) => worker.postMessage(chunk))
  socket.on('end', () => worker.postMessage(null))
  socket.on('error', (error) => console.error(`a client broke off: ${error.message}`))
  socket.on('close', () => worker.terminate())
}
