// bug: the port that the caller asked for was not handed to `listen`; with 0 in its place the system picks any free one
// catalogue: -
// fails: rejects with EADDRINUSE when the port is taken
// lesson: Where a server can be reached
import { once } from 'node:events'
import net from 'node:net'

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
  server.listen({ host, port: 0 })
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}
