// bug: `once` handles one connection: all clients but the first have the options that the system gave them
// catalogue: -
// fails: tunes every connection, not only the first
// lesson: SO_KEEPALIVE: is anybody still there
import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }
type Tuning = { noDelay: boolean; keepAliveMs: number }

export async function startTunedServer(at: Endpoint, tuning: Tuning): Promise<net.Server> {
  const server = net.createServer((socket) => {
    socket.on('error', () => socket.destroy())
    socket.pipe(socket)
  })
  server.once('connection', (socket) => {
    socket.setNoDelay(tuning.noDelay)
    socket.setKeepAlive(tuning.keepAliveMs > 0, tuning.keepAliveMs)
  })
  server.listen(at)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}
