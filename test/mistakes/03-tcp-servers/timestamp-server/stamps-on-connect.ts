// bug: the time was taken when the client connected, not when its message was complete
// catalogue: -
// fails: takes the time at the FIN, not when the client came
// lesson: Half-closed is not gone
import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }

export async function startTimestampServer(at: Endpoint): Promise<net.Server> {
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    const time = new Date().toISOString()
    const chunks: Buffer[] = []
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.on('end', () => socket.end(Buffer.concat([Buffer.from(`[${time}] `), ...chunks])))
    socket.on('error', () => socket.destroy())
  })
  server.listen(at)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}
