// bug: `allowHalfOpen` was left at false: Node answers the client's FIN at once with its own, and the answers that still wait for a slow reader are lost
// catalogue: 24
// fails: sends every answer to a client that half-closed and reads late
// lesson: Half-close: answers still owed
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
  let answered = Promise.resolve()
  const take = (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk])
    while (rest.length >= HEADER) {
      const length = rest.readUInt32BE()
      if (length > LARGEST) return refuse()
      if (rest.length < HEADER + length) return
      const answer = frame(rest.toString('utf8', HEADER, HEADER + length).toUpperCase())
      answered = answered.then(() => send(socket, answer))
      rest = rest.subarray(HEADER + length)
    }
  }
  const refuse = () => {
    rest = Buffer.alloc(0)
    answered = answered.then(() => void socket.end())
    socket.off('data', take).resume()
  }
  socket.on('data', take)
}

async function send(socket: net.Socket, answer: Buffer): Promise<void> {
  if (!socket.writable) return
  if (!socket.write(answer)) await Promise.race([once(socket, 'drain'), once(socket, 'close')])
}

function frame(text: string): Buffer {
  const body = Buffer.from(text)
  const header = Buffer.alloc(HEADER)
  header.writeUInt32BE(body.length)
  return Buffer.concat([header, body])
}
