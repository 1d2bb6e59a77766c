// bug: one `data` event was taken for one line; a chunk may hold half a line, and it may hold three
// catalogue: 1
// fails: answers the same however the lines are cut into chunks
// lesson: A stream has no messages
import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }

const CR = 0x0d
const LONGEST = 65_536

export async function startLineServer(at: Endpoint): Promise<net.Server> {
  const server = net.createServer((socket) => {
    answerLines(socket)
    socket.on('error', () => socket.destroy())
  })
  server.listen(at)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}

function answerLines(socket: net.Socket): void {
  const take = (chunk: Buffer) => {
    const last = chunk.at(-1) === 0x0a ? chunk.subarray(0, -1) : chunk
    const line = withoutCR(last)
    if (line.length > LONGEST) return refuse()
    socket.write(Buffer.concat([Buffer.from(`${line.length}:`), line, Buffer.from('\n')]))
  }
  const refuse = () => {
    socket.end('ERR line too long\n')
    socket.off('data', take).resume()
  }
  socket.on('data', take)
}

function withoutCR(bytes: Buffer): Buffer {
  return bytes.at(-1) === CR ? bytes.subarray(0, -1) : bytes
}
