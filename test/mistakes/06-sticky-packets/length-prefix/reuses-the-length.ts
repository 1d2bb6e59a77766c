// bug: the answer was given the length of the question, but a text in upper case may be longer or shorter
// catalogue: -
// fails: gives each answer a length of its own, counted in bytes
// lesson: Saying the length first
import net from 'node:net'

type Endpoint = { host: string; port: number }

const HEADER = 4
const LARGEST = 1024 * 1024

export function startFrameServer(at: Endpoint): Promise<net.Server> {
  const server = net.createServer((socket) => {
    answerFrames(socket)
    socket.on('error', () => socket.destroy())
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(at, () => resolve(server))
  })
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
