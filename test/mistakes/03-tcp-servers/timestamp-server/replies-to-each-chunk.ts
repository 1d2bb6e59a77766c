// bug: one `data` event was taken for the whole message; the end of the message is the client's FIN
// catalogue: 1
// fails: waits for the FIN before it replies
// lesson: Half-closed is not gone
import net from 'node:net'

type Endpoint = { host: string; port: number }

export function startTimestampServer(at: Endpoint): Promise<net.Server> {
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    socket.once('data', (chunk: Buffer) => {
      socket.end(Buffer.concat([Buffer.from(`[${new Date().toISOString()}] `), chunk]))
    })
    socket.on('error', () => socket.destroy())
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(at, () => resolve(server))
  })
}
