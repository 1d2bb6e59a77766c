// bug: nothing listens for the socket's `error`: the first client that resets its connection takes the whole server down
// catalogue: 21
// fails: goes on after a client reset its connection
// lesson: Errors arrive as events
import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }
type Tuning = { noDelay: boolean; keepAliveMs: number }

export async function startTunedServer(at: Endpoint, tuning: Tuning): Promise<net.Server> {
  const server = net.createServer((socket) => {
    socket.setNoDelay(tuning.noDelay)
    socket.setKeepAlive(tuning.keepAliveMs > 0, tuning.keepAliveMs)
    socket.pipe(socket)
  })
  server.listen(at)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}
