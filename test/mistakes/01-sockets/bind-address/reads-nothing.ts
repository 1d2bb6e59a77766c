// bug: nothing reads what the client sends, so its FIN behind those bytes is never seen and the socket stays open for ever
// catalogue: 26
// fails: keeps no socket of a client that has spoken and left
// lesson: Opening and closing
import { once } from 'node:events'
import net from 'node:net'

export async function listenOn(
  where: 'this-machine' | 'every-interface',
  port: number,
): Promise<net.Server> {
  const server = net.createServer((socket) => {
    socket.on('error', () => socket.destroy())
    socket.end('hello\n')
  })
  const host = where === 'this-machine' ? '127.0.0.1' : undefined
  server.listen({ host, port })
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}
