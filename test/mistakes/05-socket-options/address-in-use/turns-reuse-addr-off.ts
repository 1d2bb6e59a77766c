// bug: SO_REUSEADDR was switched off on the server, so its connections in TIME_WAIT keep the port busy for a minute after it has gone
// catalogue: -
// fails: listens at once where connections are in TIME_WAIT
// lesson: SO_REUSEADDR and TIME_WAIT
import { once } from 'node:events'
import net from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { fdOf, setsockopt } from '#sockopt'

type Endpoint = { host: string; port: number }
type Patience = { tries: number; waitMs: number }

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
    socket.resume()
    socket.end()
  })
  server.listen(at)
  await once(server, 'listening')
  // Nobody else is to take this port.
  setsockopt(fdOf(server), 'SOL_SOCKET', 'SO_REUSEADDR', 0)
  return server
}
