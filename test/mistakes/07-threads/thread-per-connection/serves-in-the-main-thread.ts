// bug: every connection is served in the main thread: no worker is ever started
// catalogue: 31
// fails: serves each connection in a thread of its own
// lesson: A socket in a thread of its own

import { once } from 'node:events'
import net from 'node:net'
import { threadId } from 'node:worker_threads'

type Endpoint = { host: string; port: number }

export async function startThreadedServer(at: Endpoint): Promise<net.Server> {
  const server = net.createServer({ allowHalfOpen: true }, serve)
  server.listen(at.port, at.host)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}

function serve(socket: net.Socket) {
  let rest = Buffer.alloc(0)
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk])
    let end = rest.indexOf('\n')
    while (end !== -1) {
      answer(socket, rest.subarray(0, end))
      rest = rest.subarray(end + 1)
      end = rest.indexOf('\n')
    }
  })
  socket.on('end', () => socket.end())
  socket.on('error', (error) => console.error(`a client broke off: ${error.message}`))
}

function answer(socket: net.Socket, line: Buffer) {
  const text = line.toString()
  if (text === 'crash') throw new Error('told to crash')
  const ms = /^burn (\d+)$/.exec(text)?.[1]
  if (ms === undefined) {
    socket.write(Buffer.concat([Buffer.from(`${threadId} `), line, Buffer.from('\n')]))
    return
  }
  burn(Number(ms))
  socket.write(`burned ${ms}\n`)
}

function burn(ms: number) {
  const until = performance.now() + ms
  while (performance.now() < until);
}
