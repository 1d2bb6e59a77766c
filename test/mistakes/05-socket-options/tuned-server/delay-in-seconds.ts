// bug: the delay was given in seconds, but Node takes it in milliseconds: a thousandth of what was wanted, and under one second nothing is set at all
// catalogue: -
// fails: counts keepAliveMs in milliseconds
// lesson: SO_KEEPALIVE: is anybody still there
import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }
type Tuning = { noDelay: boolean; keepAliveMs: number }

export async function startTunedServer(at: Endpoint, tuning: Tuning): Promise<net.Server> {
  const server = net.createServer((socket) => {
    socket.setNoDelay(tuning.noDelay)
    socket.setKeepAlive(tuning.keepAliveMs > 0, tuning.keepAliveMs / 1000)
    socket.on('error', () => socket.destroy())
    socket.pipe(socket)
  })
  server.listen(at)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}
