// bug: `for await` over a socket destroys it when the loop ends, at FIN too, and the answers that were still to be written are lost
// catalogue: 24
// fails: sends every answer to a client that half-closed and reads late
// lesson: Half-close: answers still owed
import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }

const CR = 0x0d
const LONGEST = 65_536

export async function startLineServer(at: Endpoint): Promise<net.Server> {
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => socket.destroy())
    answerLines(socket).catch(() => socket.destroy())
  })
  server.listen(at)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}

async function answerLines(socket: net.Socket): Promise<void> {
  let rest = Buffer.alloc(0)
  for await (const chunk of socket) {
    rest = Buffer.concat([rest, chunk])
    for (let end = rest.indexOf('\n'); end !== -1; end = rest.indexOf('\n')) {
      const line = withoutCR(rest.subarray(0, end))
      if (line.length > LONGEST) return refuse(socket)
      socket.write(Buffer.concat([Buffer.from(`${line.length}:`), line, Buffer.from('\n')]))
      rest = rest.subarray(end + 1)
    }
    if (withoutCR(rest).length > LONGEST) return refuse(socket)
  }
  socket.end()
}

function refuse(socket: net.Socket): void {
  socket.end('ERR line too long\n')
}

function withoutCR(bytes: Buffer): Buffer {
  return bytes.at(-1) === CR ? bytes.subarray(0, -1) : bytes
}
