import { once } from 'node:events'
import net from 'node:net'

// Nobody reads from an accepted socket until it is resumed.
const server = net.createServer({ pauseOnConnect: true })
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

// #region write
const socket = net.connect(port, '127.0.0.1')
const [accepted] = (await once(server, 'connection')) as [net.Socket]

await new Promise((written) => socket.write('hello', written))
console.log('client: written')
console.log('server: has read', accepted.bytesRead, 'bytes')

accepted.resetAndDestroy()
const [error] = await once(socket, 'error')
console.log('client:', error.code)
// #endregion
server.close()
