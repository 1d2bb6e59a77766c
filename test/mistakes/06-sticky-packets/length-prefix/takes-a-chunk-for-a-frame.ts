// bug: one `data` event was taken for one frame; a chunk may hold half a frame, and it may hold three
// catalogue: 1
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
    if (chunk.length < HEADER) return
    if (chunk.readUInt32BE() > LARGEST) return refuse()
    socket.write(frame(chunk.toString('utf8', HEADER).toUpperCase()))
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
