// bug: bytes were turned into a string and back; what is not valid UTF-8 does not survive that
// catalogue: 16
// fails: echoes every byte as it came
// lesson: What an option is
import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }
type Tuning = { noDelay: boolean; keepAliveMs: number }

export async function startTunedServer(at: Endpoint, tuning: Tuning): Promise<net.Server> {
  const server = net.createServer((socket) => {
    socket.setNoDelay(tuning.noDelay)
    socket.setKeepAlive(tuning.keepAliveMs > 0, tuning.keepAliveMs)
    socket.on('error', () => socket.destroy())
    socket.on('data', (chunk: Buffer) => socket.write(chunk.toString()))
  })
  server.listen(at)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}
