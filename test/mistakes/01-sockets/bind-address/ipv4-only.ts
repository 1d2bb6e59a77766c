// bug: `0.0.0.0` stands for every IPv4 address of the machine and for none of IPv6, so `::1` is refused
// catalogue: 33
// fails: answers at ::1 too when told every-interface
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
  const host = where === 'this-machine' ? '127.0.0.1' : '0.0.0.0'
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port }, () => resolve(server))
  })
}
