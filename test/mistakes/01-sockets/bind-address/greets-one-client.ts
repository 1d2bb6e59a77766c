// bug: the handler was added with `once`, so it runs for the first client and for nobody after it
// catalogue: 31
// fails: greets each client, while others stay
// lesson: One listener, many sockets
import { once } from 'node:events'
import net from 'node:net'

export async function listenOn(
  where: 'this-machine' | 'every-interface',
  port: number,
): Promise<net.Server> {
  const server = net.createServer()
  server.once('connection', (socket) => {
    socket.on('error', () => socket.destroy())
    socket.resume()
    socket.end('hello\n')
  })
  const host = where === 'this-machine' ? '127.0.0.1' : undefined
  server.listen({ host, port })
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}
