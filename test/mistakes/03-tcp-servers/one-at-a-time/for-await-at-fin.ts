// bug: the socket is destroyed at the client's FIN (for await does that too, whatever allowHalfOpen says), and the replies that have not been sent yet are thrown away; end sends them first
// catalogue: 19
// fails: sends a whole long reply after FIN to a client that reads late
// lesson: Half-closed is not gone

import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }

export async function startSequentialServer(at: Endpoint): Promise<net.Server> {
  let turn: Promise<void> = Promise.resolve()

  const server = net.createServer({ allowHalfOpen: true, pauseOnConnect: true }, (socket) => {
    socket.on('error', (error) => console.error(`a client broke off: ${error.message}`))
    turn = turn.then(() => serve(socket)).catch(() => {})
  })
  server.listen(at.port, at.host)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}

async function serve(socket: net.Socket) {
  let count = 0
  let rest = Buffer.alloc(0)
  socket.write('ready\n')
  for await (const chunk of socket) {
    rest = Buffer.concat([rest, chunk])
    let end = rest.indexOf('\n')
    while (end !== -1) {
      count += 1
      socket.write(Buffer.concat([Buffer.from(`#${count} `), rest.subarray(0, end + 1)]))
      rest = rest.subarray(end + 1)
      end = rest.indexOf('\n')
    }
  }
  socket.end()
}
