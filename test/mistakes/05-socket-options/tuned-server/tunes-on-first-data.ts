// bug: the options are set when the first data comes; until then, and for a client that never speaks, they are not there
// catalogue: -
// fails: has the options in place before the client speaks
// lesson: SO_KEEPALIVE: is anybody still there
import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }
type Tuning = { noDelay: boolean; keepAliveMs: number }

export async function startTunedServer(at: Endpoint, tuning: Tuning): Promise<net.Server> {
  const server = net.createServer((socket) => {
    socket.once('data', () => {
      socket.setNoDelay(tuning.noDelay)
      socket.setKeepAlive(tuning.keepAliveMs > 0, tuning.keepAliveMs)
    })
    socket.on('error', () => socket.destroy())
    socket.pipe(socket)
  })
  server.listen(at)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}
