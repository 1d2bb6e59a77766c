// bug: the length was counted in characters; one character of UTF-8 has up to four bytes
// catalogue: 5
// fails: answers each line, the empty one too, with its length in bytes and itself
// lesson: Bytes, not characters
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
  let rest = Buffer.alloc(0)
  const take = (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk])
    for (let end = rest.indexOf('\n'); end !== -1; end = rest.indexOf('\n')) {
      const line = withoutCR(rest.subarray(0, end))
      if (line.length > LONGEST) return refuse()
      socket.write(
        Buffer.concat([Buffer.from(`${line.toString().length}:`), line, Buffer.from('\n')]),
      )
      rest = rest.subarray(end + 1)
    }
    if (withoutCR(rest).length > LONGEST) refuse()
  }
  const refuse = () => {
    rest = Buffer.alloc(0)
    socket.end('ERR line too long\n')
    socket.off('data', take).resume()
  }
  socket.on('data', take)
}

function withoutCR(bytes: Buffer): Buffer {
  return bytes.at(-1) === CR ? bytes.subarray(0, -1) : bytes
}
