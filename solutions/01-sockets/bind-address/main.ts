import { once } from 'node:events'
import net from 'node:net'

/**
 * Starts a server that greets each client with `hello\n` and closes (sends FIN), whatever the client
 * sends. `this-machine`: reachable at 127.0.0.1 only. `every-interface`: at every address of this
 * machine, IPv4 and IPv6. `port` 0 means any free one. Resolves once it listens; rejects with the
 * system's error (`code`) when it cannot.
 */
export async function listenOn(
  where: 'this-machine' | 'every-interface',
  port: number,
): Promise<net.Server> {
  const server = net.createServer((socket) => {
    // One client's broken connection is nobody else's business.
    socket.on('error', () => socket.destroy())
    // What the client says is read and dropped: behind unread bytes its FIN would never be seen.
    socket.resume()
    socket.end('hello\n')
  })
  // Without a host Node binds to `::`, which takes IPv4 connections too.
  const host = where === 'this-machine' ? '127.0.0.1' : undefined
  server.listen({ host, port })
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}

if (import.meta.main) {
  const [port = '4000', where] = process.argv.slice(2)
  const server = await listenOn(
    where === 'every-interface' ? 'every-interface' : 'this-machine',
    Number(port),
  )
  console.log('listening on', server.address())
}
