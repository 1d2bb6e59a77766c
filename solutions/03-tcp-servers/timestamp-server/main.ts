import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }

/**
 * Starts a server that reads each client to its FIN, replies `[TIME] DATA` and closes. TIME is the
 * moment of the FIN, ISO 8601 in UTC with milliseconds; DATA is what came, byte for byte. Resolves
 * once it listens; rejects with the system's error when it cannot.
 */
export async function startTimestampServer(at: Endpoint): Promise<net.Server> {
  // Half-open: without it Node would answer the client's FIN with its own, before the reply.
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    const chunks: Buffer[] = []
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.on('end', () => {
      const time = new Date().toISOString()
      socket.end(Buffer.concat([Buffer.from(`[${time}] `), ...chunks]))
    })
    // One client's broken connection is nobody else's business.
    socket.on('error', () => socket.destroy())
  })
  server.listen(at)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}

if (import.meta.main) {
  const port = Number(process.argv[2] ?? 4000)
  await startTimestampServer({ host: '127.0.0.1', port })
  console.log(`listening on 127.0.0.1:${port}`)
}
