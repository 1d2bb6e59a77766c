// bug: the port was written into the program; a second instance cannot have it, and the caller asked for another one
// catalogue: 32
// fails: takes any free port for port 0
// lesson: Where a server can be reached
import { once } from 'node:events'
import net from 'node:net'

const PORT = 6789

export async function listenOn(
  where: 'this-machine' | 'every-interface',
  _port: number,
): Promise<net.Server> {
  const server = net.createServer((socket) => {
    socket.on('error', () => socket.destroy())
    socket.resume()
    socket.end('hello\n')
  })
  const host = where === 'this-machine' ? '127.0.0.1' : undefined
  server.listen({ host, port: PORT })
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}
