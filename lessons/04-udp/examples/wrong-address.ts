// needs linux: elsewhere 127.0.0.2 is not this machine
import dgram from 'node:dgram'
import { once } from 'node:events'

// #region ask
async function play(serverAt: string) {
  const server = dgram.createSocket('udp4').bind(0, serverAt)
  await once(server, 'listening')
  const { port } = server.address()
  server.on('message', (_, asker) => server.send('noon', asker.port, asker.address))
  console.log(`the server is bound to ${serverAt}`)

  const unconnected = dgram.createSocket('udp4')
  unconnected.send('', port, '127.0.0.2')
  const [, from] = await once(unconnected, 'message')
  console.log(`asked 127.0.0.2, heard ${from.address}`)

  const connected = dgram.createSocket('udp4')
  connected.connect(port, '127.0.0.2')
  await once(connected, 'connect')
  connected.send('')
  const signal = AbortSignal.timeout(500)
  const reply = once(connected, 'message', { signal }).then(() => 'the reply')
  console.log('connected, heard', await reply.catch(() => 'nothing'))
  for (const socket of [server, unconnected, connected]) socket.close()
}

await play('0.0.0.0')
await play('127.0.0.2')
// #endregion
