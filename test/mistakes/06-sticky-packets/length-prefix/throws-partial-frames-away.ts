// bug: what followed the last whole frame of a chunk was thrown away; it is the beginning of the next frame
// catalogue: 2
// fails: answers the same however the frames are cut into chunks
// lesson: A stream has no messages
import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }

const HEADER = 4
const LARGEST = 1024 * 1024

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
  const take = (chunk: Buffer) => {
    let rest = chunk
    while (rest.length >= HEADER) {
      const length = rest.readUInt32BE()
      if (length > LARGEST) return refuse()
      if (rest.length < HEADER + length) return
      socket.write(frame(rest.toString('utf8', HEADER, HEADER + length).toUpperCase()))
      rest = rest.subarray(HEADER + length)
    }
  }
  const refuse = () => {
    socket.end()
    socket.off('data', take).resume()
  }
  socket.on('data', take)
}

function frame(text: string): Buffer {
  const body = Buffer.from(text)
  const header = Buffer.alloc(HEADER)
  header.writeUInt32BE(body.length)
  return Buffer.concat([header, body])
}
