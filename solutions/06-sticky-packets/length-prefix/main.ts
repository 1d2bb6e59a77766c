import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }

/** The length that precedes each text: 4 bytes, unsigned, big-endian. */
const HEADER = 4
/** The most bytes that a client's text may have. */
const LARGEST = 1024 * 1024

/**
 * Starts a server that answers each frame (4 bytes of length, big-endian, then as many bytes of
 * UTF-8 text) with a frame that holds the text in upper case. A length of more than 1 MiB ends the
 * connection on the header alone. A frame unfinished at FIN gets no answer. Resolves once it
 * listens; rejects with the system's error when it cannot.
 */
export async function startFrameServer(at: Endpoint): Promise<net.Server> {
  const server = net.createServer((socket) => {
    answerFrames(socket)
    // One client's broken connection is nobody else's business.
    socket.on('error', () => socket.destroy())
  })
  server.listen(at)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}

function answerFrames(socket: net.Socket): void {
  let chunks: Buffer[] = []
  let held = 0
  /** how many bytes there must be before anything can be done: a header, or a header and its text */
  let needed = HEADER

  const take = (chunk: Buffer) => {
    chunks.push(chunk)
    held += chunk.length
    // Joined only when there is enough: joining at every chunk would copy a large text again and again.
    if (held < needed) return
    let bytes = Buffer.concat(chunks)
    needed = HEADER
    while (bytes.length >= needed) {
      const length = bytes.readUInt32BE()
      if (length > LARGEST) return refuse()
      needed = HEADER + length
      if (bytes.length < needed) break
      socket.write(frame(bytes.toString('utf8', HEADER, needed).toUpperCase()))
      bytes = bytes.subarray(needed)
      needed = HEADER
    }
    chunks = [bytes]
    held = bytes.length
  }
  const refuse = () => {
    chunks = []
    socket.end()
    // What the client still sends is read and dropped: closing on unread bytes would send RST.
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

if (import.meta.main) {
  const port = Number(process.argv[2] ?? 4000)
  await startFrameServer({ host: '127.0.0.1', port })
  console.log(`listening on 127.0.0.1:${port}`)
}
