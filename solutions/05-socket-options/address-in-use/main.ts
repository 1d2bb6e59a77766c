import { once } from 'node:events'
import net from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

type Endpoint = { host: string; port: number }
type Patience = { tries: number; waitMs: number }

/**
 * Starts a server that sends each client FIN at once. While somebody else listens at `at`, it tries
 * again: `tries` attempts in all, with `waitMs` milliseconds between them. Resolves once it listens;
 * rejects with EADDRINUSE, the port in the message, after the last attempt, and with any other error
 * of the system at once.
 */
export async function listenPatiently(
  at: Endpoint,
  { tries, waitMs }: Patience,
): Promise<net.Server> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await listen(at)
    } catch (error) {
      const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
      if (!isTaken || attempt >= tries) throw error
      await delay(waitMs)
    }
  }
}

async function listen(at: Endpoint): Promise<net.Server> {
  const server = net.createServer((socket) => {
    socket.on('error', () => socket.destroy())
    // What the client says is not wanted, but its FIN comes behind it.
    socket.resume()
    socket.end()
  })
  server.listen(at)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}

if (import.meta.main) {
  const port = Number(process.argv[2] ?? 4000)
  await listenPatiently({ host: '127.0.0.1', port }, { tries: 10, waitMs: 1_000 })
  console.log(`listening on 127.0.0.1:${port}`)
}
