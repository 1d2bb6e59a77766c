// bug: nothing listens for the socket's `error`: the first client that resets its connection takes the whole server down
// catalogue: 21
// fails: goes on after a client reset its connection
// lesson: Errors arrive as events
import { once } from 'node:events'
import net from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

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
    socket.resume()
    socket.end()
  })
  server.listen(at)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}
