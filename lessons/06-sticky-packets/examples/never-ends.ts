import { once } from 'node:events'
import net from 'node:net'

// #region limit
let most = 0
function collect(accepted: net.Socket, limit: number) {
  let line = Buffer.alloc(0)
  let isRefused = false
  accepted.on('data', (chunk: Buffer) => {
    // Goes on reading, and keeps nothing.
    if (isRefused) return
    line = Buffer.concat([line, chunk])
    if (line.length > limit && !line.includes('\n')) {
      isRefused = true
      line = Buffer.alloc(0)
      accepted.end('ERR too long')
    }
    most = Math.max(most, line.length)
  })
}
// #endregion

for (const limit of [Number.POSITIVE_INFINITY, 1000]) {
  most = 0
  const server = net.createServer({ allowHalfOpen: true }, (accepted) => {
    accepted.on('error', () => accepted.destroy())
    accepted.on('end', () => accepted.end())
    collect(accepted, limit)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as net.AddressInfo
  const socket = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  // A line that has no end.
  socket.end(Buffer.alloc(4_000_000, 'x'))
  let reply = ''
  socket.on('data', (chunk) => {
    reply += chunk
  })
  await once(socket, 'close')
  console.log(`limit ${limit}: kept ${most} bytes, replied "${reply}"`)
  server.close()
}
