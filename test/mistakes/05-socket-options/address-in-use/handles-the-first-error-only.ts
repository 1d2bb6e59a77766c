// bug: `once` takes the first `error` event; the second failed attempt finds no listener and ends the program
// catalogue: 22
// fails: listens once the port has become free
// lesson: Errors arrive as events
import net from 'node:net'

type Endpoint = { host: string; port: number }
type Patience = { tries: number; waitMs: number }

export function listenPatiently(at: Endpoint, { tries, waitMs }: Patience): Promise<net.Server> {
  const server = net.createServer((socket) => {
    socket.on('error', () => socket.destroy())
    socket.resume()
    socket.end()
  })
  return new Promise((resolve, reject) => {
    let attempt = 1
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE' || attempt >= tries) return reject(error)
      attempt += 1
      setTimeout(() => server.listen(at), waitMs)
    })
    server.once('listening', () => resolve(server))
    server.listen(at)
  })
}
