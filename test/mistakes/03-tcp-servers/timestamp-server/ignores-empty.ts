// bug: a client that sent nothing was forgotten; an empty message is a message, and its client waits for the reply
// catalogue: 9
// fails: answers a client that sends nothing but FIN
// lesson: Bytes in, bytes out
import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }

export async function startTimestampServer(at: Endpoint): Promise<net.Server> {
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    const chunks: Buffer[] = []
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.on('end', () => {
      if (chunks.length === 0) return
      socket.end(Buffer.concat([Buffer.from(`[${new Date().toISOString()}] `), ...chunks]))
    })
    socket.on('error', () => socket.destroy())
  })
  server.listen(at)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}
