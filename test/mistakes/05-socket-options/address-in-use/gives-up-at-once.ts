// bug: the first EADDRINUSE ends it, although there are tries left
// catalogue: -
// fails: listens once the port has become free
// lesson: A port that is taken
import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }
type Patience = { tries: number; waitMs: number }

export async function listenPatiently(at: Endpoint, _patience: Patience): Promise<net.Server> {
  return listen(at)
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
