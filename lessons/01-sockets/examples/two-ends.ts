import { once } from 'node:events'
import net from 'node:net'

const server = net.createServer((accepted) => accepted.resume())
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

const socket = net.connect(port, '127.0.0.1')
const show = (when: string) => console.log(`${when}: ${socket.localAddress}:${socket.localPort}`)

show('before the connection')
await once(socket, 'connect')
show('while it lasts')
console.log(`the other end: ${socket.remoteAddress}:${socket.remotePort}`)
socket.end()
await once(socket, 'close')
show('after it')
server.close()
