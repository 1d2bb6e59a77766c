// bug: nothing listens for the socket's `error`, so the first client that resets its connection takes the whole server down
// catalogue: 21
// fails: goes on after a client reset its connection
// lesson: When a call fails
import net from 'node:net'

export function listenOn(
  where: 'this-machine' | 'every-interface',
  port: number,
): Promise<net.Server> {
  const server = net.createServer((socket) => {
    socket.resume()
    socket.end('hello\n')
  })
  const host = where === 'this-machine' ? '127.0.0.1' : undefined
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port }, () => resolve(server))
  })
}
