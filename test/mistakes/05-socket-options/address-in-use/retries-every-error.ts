// bug: every error is taken for a taken port; an address that this machine does not have will not come by waiting
// catalogue: -
// fails: rejects at once when the address is not one of this machine
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
      if (attempt >= tries) throw error
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
