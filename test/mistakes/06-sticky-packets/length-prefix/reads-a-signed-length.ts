// bug: the length was read as a number with a sign, so the largest ones came out negative and under the limit
// catalogue: 7
// fails: ends the connection at a length over 1 MiB, after earlier answers, without the text
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
      const length = rest.readInt32BE()
      if (length > LARGEST) return refuse()
      if (rest.length < HEADER + length) return
      socket.write(frame(rest.toString('utf8', HEADER, HEADER + length).toUpperCase()))
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

function frame(text: string): Buffer {
  const body = Buffer.from(text)
  const header = Buffer.alloc(HEADER)
  header.writeUInt32BE(body.length)
  return Buffer.concat([header, body])
}
