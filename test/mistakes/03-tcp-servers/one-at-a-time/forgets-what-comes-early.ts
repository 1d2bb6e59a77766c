// bug: data that a client sends while it waits is read and thrown away
// catalogue: none
// fails: answers what a client sent while it waited
// lesson: Waiting in line

import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }

export async function startSequentialServer(at: Endpoint): Promise<net.Server> {
  const waiting: net.Socket[] = []
  let current: net.Socket | undefined

  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', (error) => console.error(`a client broke off: ${error.message}`))
    socket.resume()
    waiting.push(socket)
    if (!current) nextTurn()
  })
  server.listen(at.port, at.host)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server

  function nextTurn() {
    current = waiting.shift()
    if (current) serve(current)
  }

  function serve(socket: net.Socket) {
    const leave = () => {
      if (current === socket) nextTurn()
    }
    if (socket.readableEnded) socket.end()
    if (socket.readableEnded || socket.destroyed) return leave()
    socket.on('close', leave)
    socket.on('end', () => {
      socket.end()
      leave()
    })
    socket.write('ready\n')
    answerLines(socket)
  }
}

function answerLines(socket: net.Socket) {
  let count = 0
  let rest = Buffer.alloc(0)
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk])
    let end = rest.indexOf('\n')
    while (end !== -1) {
      count += 1
      socket.write(Buffer.concat([Buffer.from(`#${count} `), rest.subarray(0, end + 1)]))
      rest = rest.subarray(end + 1)
      end = rest.indexOf('\n')
    }
  })
}
