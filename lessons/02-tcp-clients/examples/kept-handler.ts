import { once } from 'node:events'
import net from 'node:net'

const server = net.createServer()
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

// #region kept
const socket = net.connect(port, '127.0.0.1')
const failed = new Promise<Error>((resolve) => socket.on('error', resolve))
const [[accepted]] = await Promise.all([once(server, 'connection'), once(socket, 'connect')])
console.log('connected')
socket.resume()
accepted.resetAndDestroy()
console.log('the handler heard:', (await failed).message)
console.log('still running')
// #endregion
server.close()
