// bug: each chunk was decoded on its own, so a character whose bytes came in two chunks was broken
// catalogue: 14
// fails: answers the same however the frames are cut into chunks
// lesson: Bytes, not characters
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
  let header = Buffer.alloc(0)
  let missing = 0
  let text = ''
  const take = (chunk: Buffer) => {
    let rest = chunk
    while (rest.length > 0) {
      if (header.length < HEADER) {
        const part = rest.subarray(0, HEADER - header.length)
        header = Buffer.concat([header, part])
        rest = rest.subarray(part.length)
        if (header.length < HEADER) return
        missing = header.readUInt32BE()
        if (missing > LARGEST) return refuse()
      }
      const part = rest.subarray(0, missing)
      rest = rest.subarray(part.length)
      missing -= part.length
      text += part.toString()
      if (missing > 0) return
      socket.write(frame(text.toUpperCase()))
      header = Buffer.alloc(0)
      text = ''
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
