// bug: leaving a for await loop over a socket destroys the socket, so the bytes have nowhere to go; read the line with data events, or with socket.iterator({ destroyOnReturn: false })
// catalogue: 19
// fails: sends as many bytes as were asked for, then FIN
// lesson: What write() really does

import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }

const PERIOD = 251
/** 65,260 bytes of the pattern: whole periods, so that each block begins where the last one ended. */
const BLOCK = Uint8Array.from({ length: 260 * PERIOD }, (_, i) => i % PERIOD)
/** A client that sends this many bytes without a newline will not send a count any more. */
const MAX_LINE = 1024

export async function startPatternServer(at: Endpoint): Promise<net.Server> {
  // Half-open: a client may send FIN after its count and still wait for its bytes.
  const server = net.createServer({ allowHalfOpen: true }, serve)
  server.listen(at)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}

async function serve(socket: net.Socket) {
  let line = ''
  socket.on('error', () => socket.destroy())
  for await (const chunk of socket) {
    line += chunk.toString('latin1')
    if (line.includes('\n') || line.length > MAX_LINE) break
  }
  const count = line.slice(0, line.indexOf('\n'))
  if (line.includes('\n') && /^\d+$/.test(count)) sendPattern(socket, Number(count))
  else socket.end()
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
