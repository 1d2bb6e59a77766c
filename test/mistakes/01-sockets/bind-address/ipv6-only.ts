// bug: with `ipv6Only` the socket bound to `::` takes no IPv4 connections, so 127.0.0.1 is refused
// catalogue: -
// fails: answers at every IPv4 address when told every-interface
// lesson: IPv4 and IPv6
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
  const host = where === 'this-machine' ? '127.0.0.1' : '::'
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port, ipv6Only: where === 'every-interface' }, () => resolve(server))
  })
}
