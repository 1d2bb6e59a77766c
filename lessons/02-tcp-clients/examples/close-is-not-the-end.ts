import { once } from 'node:events'
import net from 'node:net'

const server = net.createServer()
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

const socket = net.connect(port, '127.0.0.1')
const [accepted] = (await once(server, 'connection')) as [net.Socket]

// #region events
socket.on('data', (chunk) => console.log(`data: ${chunk}`))
socket.on('end', () => console.log('end'))
socket.on('error', (error: NodeJS.ErrnoException) => console.log('error:', error.code))
socket.on('close', () => console.log('close'))

accepted.write('half')
await new Promise((resolve) => socket.once('data', resolve))
accepted.resetAndDestroy()
// #endregion
server.close()
