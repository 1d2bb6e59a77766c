// bug: the server was bound to no address in particular, so every machine on the network can reach what was meant for this one only
// catalogue: -
// fails: answers at 127.0.0.1 only when told this-machine
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
  server.listen(port)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}
