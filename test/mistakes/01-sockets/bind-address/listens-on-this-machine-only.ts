// bug: the server was bound to 127.0.0.1 in both cases; that address is reached only from this machine, and only by that one of its addresses
// catalogue: -
// fails: answers at every IPv4 address when told every-interface
// lesson: Where a server can be reached
import { once } from 'node:events'
import net from 'node:net'

export async function listenOn(
  _where: 'this-machine' | 'every-interface',
  port: number,
): Promise<net.Server> {
  const server = net.createServer((socket) => {
    socket.on('error', () => socket.destroy())
    socket.resume()
    socket.end('hello\n')
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}
