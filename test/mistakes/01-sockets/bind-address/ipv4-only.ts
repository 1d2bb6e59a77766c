// bug: `0.0.0.0` stands for every IPv4 address of the machine and for none of IPv6, so `::1` is refused
// catalogue: 33
// fails: answers at ::1 too when told every-interface
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
  const host = where === 'this-machine' ? '127.0.0.1' : '0.0.0.0'
  server.listen({ host, port })
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}
