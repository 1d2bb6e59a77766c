import { once } from 'node:events'
import net from 'node:net'

const server = net.createServer()
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

const socket = net.connect(port, '127.0.0.1')
const [accepted] = (await once(server, 'connection')) as [net.Socket]

// #region timeout
socket.setTimeout(100)
await once(socket, 'timeout')
console.log('timeout; closed:', socket.destroyed)

accepted.write('late')
const [data] = await once(socket, 'data')
console.log(`still alive: ${data}`)

socket.destroy()
console.log('destroy(); closed:', socket.destroyed)
// #endregion
server.close()
