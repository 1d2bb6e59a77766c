import { once } from 'node:events'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

const server = net.createServer()
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

// #region greet
server.once('connection', (accepted) => accepted.end('hello'))

for (const name of ['first', 'second']) {
  const client = net.connect(port, '127.0.0.1')
  await once(client, 'connect')
  const greeting = once(client, 'data').then(([bytes]) => String(bytes))
  console.log(`${name}: connected, ${await Promise.race([greeting, sleep(200, 'no greeting')])}`)
  client.destroy()
}
// #endregion
// Here nobody has the second client's other end, so nobody can close it.
process.exit()
