// bug: bytes were turned into a string and back; what is not valid UTF-8 does not survive that
// catalogue: 16
// fails: gives back every byte, text or not
// lesson: Bytes in, bytes out
import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }

export async function startTimestampServer(at: Endpoint): Promise<net.Server> {
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    const chunks: Buffer[] = []
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.on('end', () =>
      socket.end(`[${new Date().toISOString()}] ${Buffer.concat(chunks).toString()}`),
    )
    socket.on('error', () => socket.destroy())
  })
  server.listen(at)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}
