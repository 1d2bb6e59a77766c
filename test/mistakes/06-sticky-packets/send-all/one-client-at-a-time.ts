// bug: the next client is served only when the last one has got everything, so a client that stops reading holds up all the others
// catalogue: 31
// fails: answers another client while one has stopped reading
// lesson: State belongs to a connection

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
  let turn = Promise.resolve()
  const server = net.createServer({ allowHalfOpen: true, pauseOnConnect: true }, (socket) => {
    turn = turn.then(() => {
      socket.resume()
      return serve(socket)
    })
  })
  server.listen(at)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}

async function serve(socket: net.Socket): Promise<void> {
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
  await new Promise((resolve) => socket.on('close', resolve))
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
