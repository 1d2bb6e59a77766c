// bug: the first data event is taken for the whole line; a stream may bring it a byte at a time
// catalogue: 1
// fails: reads the count however it is cut into segments
// lesson: Where messages end

import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }

const PERIOD = 251
/** 65,260 bytes of the pattern: whole periods, so that each block begins where the last one ended. */
const BLOCK = Uint8Array.from({ length: 260 * PERIOD }, (_, i) => i % PERIOD)

export async function startPatternServer(at: Endpoint): Promise<net.Server> {
  // Half-open: a client may send FIN after its count and still wait for its bytes.
  const server = net.createServer({ allowHalfOpen: true }, serve)
  server.listen(at)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}

function serve(socket: net.Socket) {
  let isAnswered = false
  // One client's broken connection is nobody else's business.
  socket.on('error', () => socket.destroy())
  socket.on('end', () => {
    if (!isAnswered) socket.end()
  })
  socket.on('data', (chunk: Buffer) => {
    // Ignored, but read all the same: the client's FIN comes after it.
    if (isAnswered) return
    isAnswered = true
    const count = chunk.toString('latin1').split('\n')[0] ?? ''
    if (/^\d+$/.test(count)) sendPattern(socket, Number(count))
    else socket.end()
  })
}

/** Sends the first `count` bytes of the pattern, no faster than the client takes them, then FIN. */
function sendPattern(socket: net.Socket, count: number) {
  let sent = 0
  const sendMore = () => {
    while (sent < count) {
      const block = BLOCK.subarray(0, count - sent)
      sent += block.length
      // False does not mean that it was refused: Node keeps the block, and wants no more until `drain`.
      if (!socket.write(block)) return
    }
    socket.end()
  }
  socket.on('drain', sendMore)
  sendMore()
}
