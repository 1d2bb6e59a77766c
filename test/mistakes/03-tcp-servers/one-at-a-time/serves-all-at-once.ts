// bug: each client is served as soon as it connects; nothing makes the second one wait
// catalogue: none
// fails: keeps later clients waiting, and serves them in the order in which they came
// lesson: Waiting in line

import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }

export async function startSequentialServer(at: Endpoint): Promise<net.Server> {
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', (error) => console.error(`a client broke off: ${error.message}`))
    socket.on('end', () => socket.end())
    socket.write('ready\n')
    answerLines(socket)
  })
  server.listen(at.port, at.host)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
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
