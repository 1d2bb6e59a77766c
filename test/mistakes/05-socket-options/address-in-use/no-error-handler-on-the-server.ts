// bug: nothing listens for the server's `error`, so a taken port ends the whole program
// catalogue: 22
// fails: rejects with EADDRINUSE and the port when the port stays taken
// lesson: Errors arrive as events
import net from 'node:net'

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
      await new Promise((resolve) => setTimeout(resolve, waitMs))
    }
  }
}

function listen(at: Endpoint): Promise<net.Server> {
  const server = net.createServer((socket) => {
    socket.on('error', () => socket.destroy())
    socket.resume()
    socket.end()
  })
  return new Promise((resolve) => server.listen(at, () => resolve(server)))
}
