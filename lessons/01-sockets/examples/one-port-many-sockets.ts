import { once } from 'node:events'
import net from 'node:net'

const server = net.createServer()
await once(server.listen(0, '127.0.0.1'), 'listening')

// #region accept
const { address, port } = server.address() as net.AddressInfo
console.log(`listening: ${address}:${port}`)
for (const name of ['first', 'second']) {
  const client = net.connect(port, address)
  const [accepted] = (await once(server, 'connection')) as [net.Socket]
  const { localAddress, localPort, remoteAddress, remotePort } = accepted
  console.log(`${name}: ${localAddress}:${localPort} with ${remoteAddress}:${remotePort}`)
  client.end()
}
// #endregion
server.close()
