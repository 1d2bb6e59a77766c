// bug: everything is written at once, without a look at what write() returns, so all that the client does not read waits in the memory of the server
// catalogue: 18
// fails: holds little in memory for clients that do not read
// lesson: What write() really does

import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }

const PERIOD = 251
const BLOCK = 260 * PERIOD
const PATTERN = Uint8Array.from({ length: PERIOD }, (_, i) => i)
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

function serve(socket: net.Socket) {
  let line = ''
  let isAnswered = false
  // One client's broken connection is nobody else's business.
  socket.on('error', () => socket.destroy())
  socket.on('end', () => {
    if (!isAnswered) socket.end()
  })
  socket.on('data', (chunk: Buffer) => {
    // Ignored, but read all the same: the client's FIN comes after it.
    if (isAnswered) return
    line += chunk.toString('latin1')
    const end = line.indexOf('\n')
    if (end === -1) {
      if (line.length > MAX_LINE) socket.destroy()
      return
    }
    isAnswered = true
    const count = line.slice(0, end)
    if (/^\d+$/.test(count)) sendPattern(socket, Number(count))
    else socket.end()
  })
}

function sendPattern(socket: net.Socket, count: number) {
  for (let sent = 0; sent < count; sent += BLOCK) {
    socket.write(Buffer.alloc(Math.min(BLOCK, count - sent), PATTERN))
  }
  socket.end()
}
