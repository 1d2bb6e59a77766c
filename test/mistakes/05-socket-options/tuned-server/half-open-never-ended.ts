// bug: with `allowHalfOpen` the server has to end its side itself; nobody does, so the connection never closes
// catalogue: 25
// fails: ends the connection after the client has ended it
// lesson: Errors arrive as events
import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }
type Tuning = { noDelay: boolean; keepAliveMs: number }

export async function startTunedServer(at: Endpoint, tuning: Tuning): Promise<net.Server> {
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    socket.setNoDelay(tuning.noDelay)
    socket.setKeepAlive(tuning.keepAliveMs > 0, tuning.keepAliveMs)
    socket.on('error', () => socket.destroy())
    socket.on('data', (chunk: Buffer) => socket.write(chunk))
  })
  server.listen(at)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}
