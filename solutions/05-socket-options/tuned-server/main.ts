import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }
type Tuning = { noDelay: boolean; keepAliveMs: number }

/**
 * Starts an echo server: every byte goes back as it came. Each accepted connection has TCP_NODELAY as
 * `tuning.noDelay` says, and keep-alive with the first probe after `tuning.keepAliveMs` milliseconds
 * of silence (whole seconds), or none when that is 0, before anything is read from it. Resolves once
 * it listens; rejects with the system's error when it cannot.
 */
export async function startTunedServer(at: Endpoint, tuning: Tuning): Promise<net.Server> {
  const options = {
    noDelay: tuning.noDelay,
    keepAlive: tuning.keepAliveMs > 0,
    keepAliveInitialDelay: tuning.keepAliveMs,
  }
  const server = net.createServer(options, (socket) => {
    // One client's broken connection is nobody else's business.
    socket.on('error', () => socket.destroy())
    socket.pipe(socket)
  })
  server.listen(at)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}

if (import.meta.main) {
  const port = Number(process.argv[2] ?? 4000)
  await startTunedServer({ host: '127.0.0.1', port }, { noDelay: true, keepAliveMs: 60_000 })
  console.log(`listening on 127.0.0.1:${port}`)
}
