import { once } from 'node:events'
import net from 'node:net'

const server = net.createServer((accepted) => accepted.on('error', () => {}).resume())
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

// #region wait
const client = net.connect(port, '127.0.0.1')
client.setTimeout(200)
// The event closes nothing. This does.
client.on('timeout', () => client.destroy(new Error('timed out')))
try {
  await once(client, 'data')
} catch (error) {
  console.log('no answer:', (error as Error).message)
}
// #endregion
server.close()
