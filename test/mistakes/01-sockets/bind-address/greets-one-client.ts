// bug: the handler was added with `once`, so it runs for the first client and for nobody after it
// catalogue: 31
// fails: greets each client, while others stay
// lesson: One listener, many sockets
import net from 'node:net'

export function listenOn(
  where: 'this-machine' | 'every-interface',
  port: number,
): Promise<net.Server> {
  const server = net.createServer()
  server.once('connection', (socket) => {
    socket.on('error', () => socket.destroy())
    socket.resume()
    socket.end('hello\n')
  })
  const host = where === 'this-machine' ? '127.0.0.1' : undefined
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port }, () => resolve(server))
  })
}
