// needs linux: which of the two servers gets a datagram is the system's choice
import dgram from 'node:dgram'
import { once } from 'node:events'

const client = dgram.createSocket('udp4')

// #region share
async function server(name: string, port: number): Promise<dgram.Socket> {
  const socket = dgram.createSocket({ type: 'udp4', reuseAddr: true }).bind(port, '127.0.0.1')
  await once(socket, 'listening')
  console.log(`${name} is bound`)
  socket.on('message', (message) => console.log(`${name}: ${message}`))
  return socket
}

const first = await server('first', 0)
const { port } = first.address()
const second = await server('second', port)

client.send('one', port, '127.0.0.1')
client.send('two', port, '127.0.0.1')
await once(second, 'message')
await once(second, 'message')
second.close()
client.send('three', port, '127.0.0.1')
await once(first, 'message')
first.close()
// #endregion
client.close()
