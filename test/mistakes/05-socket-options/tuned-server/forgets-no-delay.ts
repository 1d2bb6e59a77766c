// bug: nobody set TCP_NODELAY, and it is off from the start
// catalogue: -
// fails: sets TCP_NODELAY when noDelay is true
// lesson: TCP_NODELAY and Nagle
import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }
type Tuning = { noDelay: boolean; keepAliveMs: number }

export async function startTunedServer(at: Endpoint, tuning: Tuning): Promise<net.Server> {
  const server = net.createServer((socket) => {
    socket.setKeepAlive(tuning.keepAliveMs > 0, tuning.keepAliveMs)
    socket.on('error', () => socket.destroy())
    socket.pipe(socket)
  })
  server.listen(at)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}
