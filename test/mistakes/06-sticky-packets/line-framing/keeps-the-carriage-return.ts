// bug: a line was cut at its `\n` and the `\r` before it was kept, though it belongs to the line end
// catalogue: -
// fails: drops a carriage return before the newline, in the same chunk or in the one before
// lesson: Where messages end
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
      const line = rest.subarray(0, end)
      if (line.length > LONGEST) return refuse()
      socket.write(Buffer.concat([Buffer.from(`${line.length}:`), line, Buffer.from('\n')]))
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
