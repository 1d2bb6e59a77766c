// bug: the answer was given the length of the question, but a text in upper case may be longer or shorter
// catalogue: -
// fails: gives each answer a length of its own, counted in bytes
// lesson: Saying the length first
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
  let rest = Buffer.alloc(0)
  const take = (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk])
    while (rest.length >= HEADER) {
      const length = rest.readUInt32BE()
      if (length > LARGEST) return refuse()
      if (rest.length < HEADER + length) return
      const text = rest.toString('utf8', HEADER, HEADER + length)
      socket.write(Buffer.concat([rest.subarray(0, HEADER), Buffer.from(text.toUpperCase())]))
      rest = rest.subarray(HEADER + length)
    }
  }
  const refuse = () => {
    rest = Buffer.alloc(0)
    socket.end()
    socket.off('data', take).resume()
  }
  socket.on('data', take)
}
