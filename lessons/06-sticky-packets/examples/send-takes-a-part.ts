import { once } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'
import { fdOf } from '#sockopt'

const server = net.createServer({ pauseOnConnect: true })
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

// #region send
const message = Buffer.alloc(20_000_000, 'x')
const socket = net.connect(port, '127.0.0.1')
const [accepted] = (await once(server, 'connection')) as [net.Socket]
await once(socket, 'connect')

// The system call itself, past all that Node adds to it.
const fd = fdOf(socket)
const taken = fs.writeSync(fd, message)
console.log('all of it:', taken === message.length, ' some of it:', taken > 0)
try {
  while (true) fs.writeSync(fd, message)
} catch (error) {
  console.log('then:', (error as NodeJS.ErrnoException).code)
}
// #endregion
accepted.destroy()
socket.destroy()
server.close()
