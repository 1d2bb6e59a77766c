import { once } from 'node:events'
import net from 'node:net'

const server = net.createServer({ pauseOnConnect: true })
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

// #region arrived
const socket = net.connect(port, '127.0.0.1')
const [accepted] = (await once(server, 'connection')) as [net.Socket]
await new Promise((resolve) => socket.write(Buffer.alloc(100_000), resolve))
console.log('written:', socket.bytesWritten, ' waiting here:', socket.writableLength)
console.log('read by the other program:', accepted.bytesRead)
// #endregion
socket.destroy()
accepted.destroy()
server.close()
