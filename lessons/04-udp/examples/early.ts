import dgram from 'node:dgram'
import { once } from 'node:events'

async function bound(): Promise<dgram.Socket> {
  const socket = dgram.createSocket('udp4').bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return socket
}
const [client, peer, stranger] = [await bound(), await bound(), await bound()]
const { port } = client.address()
const send = (from: dgram.Socket, text: string) => from.send(text, port, '127.0.0.1')

// #region early
client.on('message', (message) => console.log(`got: ${message}`))
client.on('connect', () => {
  console.log('connected')
  send(stranger, 'a stranger, after connect()')
  send(peer, 'the peer')
})

stranger.send('a stranger, before connect()', port, '127.0.0.1', () => {
  client.connect(peer.address().port, '127.0.0.1')
})
// #endregion
await once(client, 'message')
await once(client, 'message')
for (const socket of [client, peer, stranger]) socket.close()
