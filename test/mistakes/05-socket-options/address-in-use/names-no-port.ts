// bug: the message says that something is taken and not what: whoever reads it has to guess the port
// catalogue: -
// fails: rejects with EADDRINUSE and the port when the port stays taken
// lesson: A port that is taken
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
      if (!isTaken) throw error
      if (attempt >= tries) {
        throw Object.assign(new Error(`gave up after ${tries} attempts`), { code: 'EADDRINUSE' })
      }
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
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}
