import dgram from 'node:dgram'
import { once } from 'node:events'

// A server that is there, and says nothing.
const server = dgram.createSocket('udp4').bind(0, '127.0.0.1')
await once(server, 'listening')
const { port } = server.address()

// #region wait
const client = dgram.createSocket('udp4')
client.send('', port, '127.0.0.1')
try {
  await once(client, 'message', { signal: AbortSignal.timeout(100) })
} catch (error) {
  console.log('waited long enough:', (error as Error).name)
}

const mine = client.address()
console.log(`the socket is still there: ${mine.address}:${mine.port}`)
client.close()
// #endregion
server.close()
