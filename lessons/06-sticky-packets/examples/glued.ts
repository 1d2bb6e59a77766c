import { once } from 'node:events'
import net from 'node:net'

const server = net.createServer({ pauseOnConnect: true })
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

// #region glued
const socket = net.connect(port, '127.0.0.1')
const [accepted] = (await once(server, 'connection')) as [net.Socket]
accepted.on('data', (chunk) => console.log(`a message? "${chunk}"`))

socket.write('pay Anna 10')
socket.write('pay Bert 20')
socket.end()
await once(socket, 'finish')
// The receiver had something else to do. Only now does it read.
accepted.resume()
// #endregion
server.close()
