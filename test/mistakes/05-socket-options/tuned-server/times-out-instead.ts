// bug: `setTimeout` drops a peer that is merely silent; SO_KEEPALIVE asks whether it is still there, and was never set
// catalogue: 27
// fails: switches keep-alive on
// lesson: SO_KEEPALIVE: is anybody still there
import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }
type Tuning = { noDelay: boolean; keepAliveMs: number }

export async function startTunedServer(at: Endpoint, tuning: Tuning): Promise<net.Server> {
  const server = net.createServer((socket) => {
    socket.setNoDelay(tuning.noDelay)
    if (tuning.keepAliveMs > 0) socket.setTimeout(tuning.keepAliveMs, () => socket.destroy())
    socket.on('error', () => socket.destroy())
    socket.pipe(socket)
  })
  server.listen(at)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}
