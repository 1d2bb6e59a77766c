import { once } from 'node:events'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

const server = net.createServer()
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

const socket = net.connect(port, '127.0.0.1')
const [accepted] = (await once(server, 'connection')) as [net.Socket]
accepted.on('close', () => console.log('server: the client is gone'))
accepted.resume()

// #region race
const winner = await Promise.race([once(socket, 'data'), sleep(100, 'time-out')])
console.log('the race:', winner)
console.log('the socket:', socket.readyState)
socket.destroy()
console.log('after destroy():', socket.readyState)
// #endregion
server.close()
