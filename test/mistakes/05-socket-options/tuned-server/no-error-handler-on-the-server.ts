// bug: nothing listens for the server's `error`, so a taken port ends the whole program instead of rejecting
// catalogue: 22
// fails: rejects with EADDRINUSE when the port is taken
// lesson: Errors arrive as events
import net from 'node:net'

type Endpoint = { host: string; port: number }
type Tuning = { noDelay: boolean; keepAliveMs: number }

export function startTunedServer(at: Endpoint, tuning: Tuning): Promise<net.Server> {
  const server = net.createServer((socket) => {
    socket.setNoDelay(tuning.noDelay)
    socket.setKeepAlive(tuning.keepAliveMs > 0, tuning.keepAliveMs)
    socket.on('error', () => socket.destroy())
    socket.pipe(socket)
  })
  return new Promise((resolve) => server.listen(at, () => resolve(server)))
}
