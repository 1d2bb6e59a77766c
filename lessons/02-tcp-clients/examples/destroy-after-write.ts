import { once } from 'node:events'
import net from 'node:net'

const server = net.createServer({ allowHalfOpen: true }, (accepted) => {
  accepted.on('error', () => accepted.destroy())
  accepted.on('data', (bytes) => {
    console.log(`server: got ${bytes}`)
    accepted.end('thank you')
    server.close()
  })
})
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

// #region client
let reply = ''
const socket = net.connect(port, '127.0.0.1', () => {
  socket.write('hello')
  socket.destroy()
})
socket.on('data', (chunk) => {
  reply += chunk
})
socket.on('close', () => console.log('client: closed with', reply || 'no reply'))
// #endregion
