// bug: keep-alive is switched on even where keepAliveMs is 0, which asks for none
// catalogue: -
// fails: leaves keep-alive off when keepAliveMs is 0
// lesson: SO_KEEPALIVE: is anybody still there
import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }
type Tuning = { noDelay: boolean; keepAliveMs: number }

export async function startTunedServer(at: Endpoint, tuning: Tuning): Promise<net.Server> {
  const server = net.createServer((socket) => {
    socket.setNoDelay(tuning.noDelay)
    socket.setKeepAlive(true, tuning.keepAliveMs)
    socket.on('error', () => socket.destroy())
    socket.pipe(socket)
  })
  server.listen(at)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}
