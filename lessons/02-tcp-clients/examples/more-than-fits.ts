import { once } from 'node:events'
import net from 'node:net'

const message = Buffer.alloc(20_000_000, 'x')
const server = net.createServer({ pauseOnConnect: true })
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

// #region send
const socket = net.connect(port, '127.0.0.1')
const [accepted] = (await once(server, 'connection')) as [net.Socket]
console.log('write() said:', socket.write(message))
socket.end()

// Only now does the server begin to read.
let received = 0
accepted.on('data', (chunk) => {
  received += chunk.length
})
accepted.resume()
await once(accepted, 'end')
console.log('received:', received)
// #endregion
server.close()
