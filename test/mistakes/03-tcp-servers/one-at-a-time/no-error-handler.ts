// bug: the sockets have no listener for their error event, so one client that resets ends the whole server
// catalogue: 21
// fails: gives the turn on when the current client resets
// lesson: When a client breaks off

import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }

export async function startSequentialServer(at: Endpoint): Promise<net.Server> {
  const waiting: net.Socket[] = []
  let current: net.Socket | undefined

  const server = net.createServer({ allowHalfOpen: true, pauseOnConnect: true }, (socket) => {
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
    socket.on('close', leave)
    socket.on('end', () => {
      socket.end()
      leave()
    })
    socket.write('ready\n')
    answerLines(socket)
    socket.resume()
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
