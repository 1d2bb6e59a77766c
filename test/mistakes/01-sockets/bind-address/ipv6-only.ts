// bug: with `ipv6Only` the socket bound to `::` takes no IPv4 connections, so 127.0.0.1 is refused
// catalogue: -
// fails: answers at every IPv4 address when told every-interface
// lesson: IPv4 and IPv6
import { once } from 'node:events'
import net from 'node:net'

export async function listenOn(
  where: 'this-machine' | 'every-interface',
  port: number,
): Promise<net.Server> {
  const server = net.createServer((socket) => {
    socket.on('error', () => socket.destroy())
    socket.resume()
    socket.end('hello\n')
  })
  const host = where === 'this-machine' ? '127.0.0.1' : '::'
  server.listen({ host, port, ipv6Only: where === 'every-interface' })
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}
