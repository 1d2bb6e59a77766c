import { once } from 'node:events'
import net from 'node:net'

const MIB = 1024 * 1024
const header = Buffer.alloc(4)
header.writeUInt32BE(100 * MIB)

// #region announced
async function reserved(spaceFor: (size: number) => Buffer): Promise<number> {
  const bodies: Buffer[] = []
  const server = net.createServer((accepted) => {
    accepted.once('data', (header: Buffer) => bodies.push(spaceFor(header.readUInt32BE(0))))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const before = process.memoryUsage().arrayBuffers
  for (let i = 0; i < 10; i += 1) await announce(server)
  server.close()
  return Math.round((process.memoryUsage().arrayBuffers - before) / MIB / 100) * 100
}

console.log('space for what is announced:', await reserved((size) => Buffer.alloc(size)), 'MiB')
console.log('space for what has come:', await reserved(() => Buffer.alloc(0)), 'MiB')
// #endregion

/** Connects, announces 100 MiB, and leaves. */
async function announce(server: net.Server) {
  const { port } = server.address() as net.AddressInfo
  const socket = net.connect(port, '127.0.0.1')
  const [accepted] = (await once(server, 'connection')) as [net.Socket]
  socket.end(header)
  await once(accepted, 'data')
  await once(socket.resume(), 'close')
}
