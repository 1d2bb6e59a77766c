// bug: all connections shared one list of chunks, so the clients' data ran together
// catalogue: 10
// fails: serves a client while another is silent
// lesson: A server outlives its clients
import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }

export async function startTimestampServer(at: Endpoint): Promise<net.Server> {
  let chunks: Buffer[] = []
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.on('end', () => {
      socket.end(Buffer.concat([Buffer.from(`[${new Date().toISOString()}] `), ...chunks]))
      chunks = []
    })
    socket.on('error', () => socket.destroy())
  })
  server.listen(at)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}
