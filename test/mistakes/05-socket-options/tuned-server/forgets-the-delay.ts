// bug: keep-alive is on, but nobody said when it begins: TCP_KEEPIDLE is what the system gives it, two hours as a rule
// catalogue: -
// fails: probes a silent peer after keepAliveMs
// lesson: SO_KEEPALIVE: is anybody still there
import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }
type Tuning = { noDelay: boolean; keepAliveMs: number }

export async function startTunedServer(at: Endpoint, tuning: Tuning): Promise<net.Server> {
  const server = net.createServer((socket) => {
    socket.setNoDelay(tuning.noDelay)
    socket.setKeepAlive(tuning.keepAliveMs > 0)
    socket.on('error', () => socket.destroy())
    socket.pipe(socket)
  })
  server.listen(at)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}
