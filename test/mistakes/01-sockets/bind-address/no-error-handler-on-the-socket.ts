// bug: nothing listens for the socket's `error`, so the first client that resets its connection takes the whole server down
// catalogue: 21
// fails: goes on after a client reset its connection
// lesson: When a call fails
import { once } from 'node:events'
import net from 'node:net'

export async function listenOn(
  where: 'this-machine' | 'every-interface',
  port: number,
): Promise<net.Server> {
  const server = net.createServer((socket) => {
    socket.resume()
    socket.end('hello\n')
  })
  const host = where === 'this-machine' ? '127.0.0.1' : undefined
  server.listen({ host, port })
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}
