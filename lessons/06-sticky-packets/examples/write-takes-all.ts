import { once } from 'node:events'
import net from 'node:net'

const server = net.createServer({ pauseOnConnect: true })
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

// #region write
const MIB = 1024 * 1024
const block = Buffer.alloc(MIB)

/** Sends 30 MiB to a client that has paused. */
async function send(isPatient: boolean) {
  const client = net.connect(port, '127.0.0.1').pause()
  const [socket] = (await once(server, 'connection')) as [net.Socket]

  let sent = 0
  const sendMore = () => {
    while (sent < 30) {
      sent += 1
      const hasRoom = socket.write(block)
      if (isPatient && !hasRoom) return
    }
    socket.end()
  }
  socket.on('drain', sendMore)
  sendMore()
  console.log('patient:', isPatient)
  console.log('  over 20 MiB in memory:', socket.writableLength > 20 * MIB)
  console.log('  at most one block:', socket.writableLength <= MIB)

  let received = 0
  for await (const chunk of client) received += chunk.length
  console.log('  received in the end:', received / MIB, 'MiB')
}
// #endregion

await send(false)
await send(true)
server.close()
