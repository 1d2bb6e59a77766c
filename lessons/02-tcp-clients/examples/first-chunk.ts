import { once } from 'node:events'
import net from 'node:net'

const server = net.createServer()
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

const socket = net.connect(port, '127.0.0.1')
const [accepted] = (await once(server, 'connection')) as [net.Socket]

// #region read
const chunks: Buffer[] = []
socket.on('data', (chunk: Buffer) => chunks.push(chunk))

accepted.write('half')
await once(socket, 'data')
console.log('the first chunk:', String(chunks[0]))
accepted.end(' and half')
await once(socket, 'end')
console.log('up to the FIN: ', Buffer.concat(chunks).toString())
// #endregion
server.close()
