import { once } from 'node:events'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

// The server needs the whole question before it can answer.
const server = net.createServer({ allowHalfOpen: true }, (accepted) => {
  let length = 0
  accepted.on('data', (chunk) => {
    length += chunk.length
  })
  accepted.on('end', () => accepted.end(`${length} bytes, thank you`))
})
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

// #region client
let reply = ''
const socket = net.connect(port, '127.0.0.1')
socket.on('data', (chunk) => {
  reply += chunk
})

socket.write('hello')
await sleep(200)
console.log('after write:', reply || 'no reply')

socket.end()
await once(socket, 'end')
console.log('after end:', reply)
// #endregion
server.close()
