// bug: nothing listens for the server's `error`, so a taken port ends the whole program instead of rejecting
// catalogue: 22
// fails: rejects with EADDRINUSE when the port is taken
// lesson: When a call fails
import net from 'node:net'

export function listenOn(
  where: 'this-machine' | 'every-interface',
  port: number,
): Promise<net.Server> {
  const server = net.createServer((socket) => {
    socket.on('error', () => socket.destroy())
    socket.resume()
    socket.end('hello\n')
  })
  const host = where === 'this-machine' ? '127.0.0.1' : undefined
  return new Promise((resolve) => {
    server.listen({ host, port }, () => resolve(server))
  })
}
