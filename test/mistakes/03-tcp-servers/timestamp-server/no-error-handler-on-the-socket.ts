// bug: nothing listens for the socket's `error`: the first client that resets its connection takes the whole server down
// catalogue: 21
// fails: goes on after a client reset its connection
// lesson: When a client breaks off
import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }

export async function startTimestampServer(at: Endpoint): Promise<net.Server> {
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    const chunks: Buffer[] = []
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.on('end', () => {
      socket.end(Buffer.concat([Buffer.from(`[${new Date().toISOString()}] `), ...chunks]))
    })
  })
  server.listen(at)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}
