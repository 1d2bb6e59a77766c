// bug: nothing listens for the server's `error`, so a taken port ends the whole program instead of rejecting
// catalogue: 22
// fails: rejects with EADDRINUSE when the port is taken
// lesson: When the port is taken
import net from 'node:net'

type Endpoint = { host: string; port: number }

export function startTimestampServer(at: Endpoint): Promise<net.Server> {
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    const chunks: Buffer[] = []
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.on('end', () => {
      socket.end(Buffer.concat([Buffer.from(`[${new Date().toISOString()}] `), ...chunks]))
    })
    socket.on('error', () => socket.destroy())
  })
  return new Promise((resolve) => server.listen(at, () => resolve(server)))
}
