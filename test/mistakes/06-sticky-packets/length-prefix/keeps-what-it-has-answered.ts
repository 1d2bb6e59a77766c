// bug: nothing that came was ever dropped, and all of it was joined anew at every chunk: that copies the whole past each time
// catalogue: 11
// fails: needs no more work for many frames on one connection than on many
// lesson: Reading a body as it comes
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
  let all = Buffer.alloc(0)
  let at = 0
  const take = (chunk: Buffer) => {
    all = Buffer.concat([all, chunk])
    while (all.length - at >= HEADER) {
      const length = all.readUInt32BE(at)
      if (length > LARGEST) return refuse()
      const end = at + HEADER + length
      if (all.length < end) return
      socket.write(frame(all.toString('utf8', at + HEADER, end).toUpperCase()))
      at = end
    }
  }
  const refuse = () => {
    all = Buffer.alloc(0)
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
