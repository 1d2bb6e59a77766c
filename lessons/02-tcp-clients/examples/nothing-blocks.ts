import { once } from 'node:events'
import net from 'node:net'

const server = net.createServer((accepted) => {
  accepted.on('data', (bytes) => console.log(`server: got ${bytes}`))
})
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

// #region client
const socket = net.connect(port, '127.0.0.1')
socket.on('connect', () => {
  console.log('connect event:', socket.readyState)
  socket.end()
})
console.log('connect() returned:', socket.readyState)
socket.write('hello')
console.log('write() returned:', socket.readyState)
// #endregion
await once(socket, 'close')
server.close()
