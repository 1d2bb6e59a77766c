import { once } from 'node:events'
import net from 'node:net'
import { fdOf, getsockopt } from '#sockopt'

const server = net.createServer()
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

// #region set
async function connect() {
  const client = net.connect(port, '127.0.0.1')
  const [accepted] = (await once(server, 'connection')) as [net.Socket]
  return { client, accepted }
}
const first = await connect()
const second = await connect()

first.client.setNoDelay(true)

const show = (who: string, socket: net.Socket) =>
  console.log(`${who}:`, getsockopt(fdOf(socket), 'IPPROTO_TCP', 'TCP_NODELAY'))
show('the first client', first.client)
show('the second client', second.client)
show('the other end of the first', first.accepted)
// #endregion
for (const { client, accepted } of [first, second]) {
  client.destroy()
  accepted.destroy()
}
server.close()
