// bug: the server was bound to 127.0.0.1 in both cases; that address is reached only from this machine, and only by that one of its addresses
// catalogue: -
// fails: answers at every IPv4 address when told every-interface
// lesson: Where a server can be reached
import net from 'node:net'

export function listenOn(
  _where: 'this-machine' | 'every-interface',
  port: number,
): Promise<net.Server> {
  const server = net.createServer((socket) => {
    socket.on('error', () => socket.destroy())
    socket.resume()
    socket.end('hello\n')
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve(server))
  })
}
