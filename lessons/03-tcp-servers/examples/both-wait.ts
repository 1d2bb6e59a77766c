import { once } from 'node:events'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

// #region wait
// Answers at the client's FIN.
const server = net.createServer({ allowHalfOpen: true }, (accepted) => {
  accepted.resume().on('end', () => accepted.end('ok'))
})
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

// Sends its FIN when it has the answer.
const socket = net.connect(port, '127.0.0.1')
socket.on('data', () => socket.end())
socket.write('hello')

const first = await Promise.race([once(socket, 'data'), sleep(300, 'nobody moves')])
console.log(first)
// #endregion
socket.destroy()
server.close()
