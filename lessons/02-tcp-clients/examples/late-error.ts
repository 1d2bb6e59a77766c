import { once } from 'node:events'
import net from 'node:net'

process.on('uncaughtException', (error) => {
  console.log('the program ends:', error.message)
  process.exit()
})

const server = net.createServer()
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

// #region reset
const socket = net.connect(port, '127.0.0.1')
// once() listens for `error` too, but only until `connect` has come.
const [[accepted]] = await Promise.all([once(server, 'connection'), once(socket, 'connect')])
console.log('connected')
socket.resume()
accepted.resetAndDestroy()
// #endregion
