// bug: there is no largest frame, so four bytes can make the server collect four gigabytes
// catalogue: 8
// fails: answers neither a text of more than 1 MiB nor what follows it
// lesson: A limit for everything
import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }

const HEADER = 4

export async function startFrameServer(at: Endpoint): Promise<net.Server> {
  const server = net.createServer((socket) => {
    answerFrames(socket)
    socket.on('error', () => socket.destroy())
  })
  server.listen(at)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}

function answerFrames(socket: net.Socket): void {
  let rest = Buffer.alloc(0)
  const take = (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk])
    while (rest.length >= HEADER) {
      const length = rest.readUInt32BE()
      if (rest.length < HEADER + length) return
      socket.write(frame(rest.toString('utf8', HEADER, HEADER + length).toUpperCase()))
      rest = rest.subarray(HEADER + length)
    }
  }
  socket.on('data', take)
}

function frame(text: string): Buffer {
  const body = Buffer.from(text)
  const header = Buffer.alloc(HEADER)
  header.writeUInt32BE(body.length)
  return Buffer.concat([header, body])
}
