// needs linux: elsewhere an accepted socket may start with other options
import { once } from 'node:events'
import net from 'node:net'
import { fdOf, getsockopt, setsockopt } from '#sockopt'

// #region inherit
const server = net.createServer()
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

async function accept(title: string) {
  const client = net.connect(port, '127.0.0.1')
  const [accepted] = (await once(server, 'connection')) as [net.Socket]
  console.log(`${title}:`, getsockopt(fdOf(accepted), 'SOL_SOCKET', 'SO_KEEPALIVE'))
  client.destroy()
  accepted.destroy()
}

await accept('before')
setsockopt(fdOf(server), 'SOL_SOCKET', 'SO_KEEPALIVE', 1)
await accept('after the listener has it')
// #endregion
server.close()
