import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }

const CR = 0x0d
/** The most bytes that a line may have, its line end not counted. */
const LONGEST = 65_536

/**
 * Starts a server that answers each line (ended by `\n`; one `\r` before it is dropped) with
 * `N:LINE\n`: N is its length in bytes, LINE the line byte for byte. To a line of more than 65,536
 * bytes it says `ERR line too long\n` as soon as it cannot fit, and closes. Resolves once it
 * listens; rejects with the system's error when it cannot.
 */
export async function startLineServer(at: Endpoint): Promise<net.Server> {
  const server = net.createServer((socket) => {
    answerLines(socket)
    // One client's broken connection is nobody else's business.
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
    // A `\r` at the end may be the first half of the line end: only what comes next can tell.
    if (withoutCR(rest).length > LONGEST) refuse()
  }
  const refuse = () => {
    rest = Buffer.alloc(0)
    socket.end('ERR line too long\n')
    // What the client still sends is read and dropped: closing on unread bytes would send RST.
    socket.off('data', take).resume()
  }
  socket.on('data', take)
}

function withoutCR(bytes: Buffer): Buffer {
  return bytes.at(-1) === CR ? bytes.subarray(0, -1) : bytes
}

if (import.meta.main) {
  const port = Number(process.argv[2] ?? 4000)
  await startLineServer({ host: '127.0.0.1', port })
  console.log(`listening on 127.0.0.1:${port}`)
}
