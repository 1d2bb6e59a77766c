// bug: the greeting waits for the first `data` event, and a client that says nothing never gets it
// catalogue: -
// fails: greets a client that says nothing, and closes
// lesson: Opening and closing
import { once } from 'node:events'
import net from 'node:net'

export async function listenOn(
  where: 'this-machine' | 'every-interface',
  port: number,
): Promise<net.Server> {
  const server = net.createServer((socket) => {
    socket.on('error', () => socket.destroy())
    socket.once('data', () => socket.end('hello\n'))
  })
  const host = where === 'this-machine' ? '127.0.0.1' : undefined
  server.listen({ host, port })
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}
