// bug: `allowHalfOpen` was left at false: Node answers the client's FIN at once with its own, and the reply that is written later is lost
// catalogue: 24
// fails: replies with the time and the data once the client has sent FIN
// lesson: Half-closed is not gone
import { once } from 'node:events'
import net from 'node:net'
import { buffer } from 'node:stream/consumers'

type Endpoint = { host: string; port: number }

export async function startTimestampServer(at: Endpoint): Promise<net.Server> {
  const server = net.createServer(async (socket) => {
    socket.on('error', () => socket.destroy())
    try {
      const data = await buffer(socket)
      socket.end(Buffer.concat([Buffer.from(`[${new Date().toISOString()}] `), data]))
    } catch {
      socket.destroy()
    }
  })
  server.listen(at)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}
