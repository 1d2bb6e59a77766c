// bug: each chunk was decoded on its own, so a character whose bytes came in two chunks was broken
// catalogue: 14
// fails: joins data that comes in many pieces
// lesson: Bytes in, bytes out
import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }

export async function startTimestampServer(at: Endpoint): Promise<net.Server> {
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    let text = ''
    socket.on('data', (chunk: Buffer) => {
      text += chunk
    })
    socket.on('end', () => socket.end(`[${new Date().toISOString()}] ${text}`))
    socket.on('error', () => socket.destroy())
  })
  server.listen(at)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}
