import { once } from 'node:events'
import net from 'node:net'

const server = net.createServer()
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

// #region write
const socket = net.connect({ port, host: '127.0.0.1', noDelay: true })
const [[accepted]] = await Promise.all([once(server, 'connection'), once(socket, 'connect')])
accepted.on('data', (chunk: Buffer) => console.log(`one chunk: ${chunk}`))

socket.write('good')
socket.write('bye')
// #endregion
await once(accepted, 'data')
socket.destroy()
accepted.destroy()
server.close()
