// bug: one `data` event was taken for the whole message; the end of the message is the client's FIN
// catalogue: 1
// fails: waits for the FIN before it replies
// lesson: Half-closed is not gone
import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }

export async function startTimestampServer(at: Endpoint): Promise<net.Server> {
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    socket.once('data', (chunk: Buffer) => {
      socket.end(Buffer.concat([Buffer.from(`[${new Date().toISOString()}] `), chunk]))
    })
    socket.on('error', () => socket.destroy())
  })
  server.listen(at)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}
