// needs ipv6
import { once } from 'node:events'
import net from 'node:net'

// #region both
const server = net.createServer((accepted) => {
  console.log(`server: ${accepted.remoteFamily} client at ${accepted.remoteAddress}`)
  accepted.end()
})
await once(server.listen(0, '::'), 'listening')
const { port } = server.address() as net.AddressInfo

for (const host of ['127.0.0.1', '::1']) {
  const socket = net.connect(port, host)
  await once(socket, 'connect')
  console.log(`client: ${socket.remoteFamily} server at ${socket.remoteAddress}`)
  await once(socket.resume(), 'close')
}
// #endregion
server.close()
