// bug: the length was looked at only when the newline had come; a line that is too long may never have one
// catalogue: 8
// fails: refuses a line as soon as it cannot fit, without waiting for its newline
// lesson: A limit for everything
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
      socket.write(Buffer.concat([Buffer.from(`${line.length}:`), line, Buffer.from('\n')]))
      rest = rest.subarray(end + 1)
    }
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
