import dgram from 'node:dgram'
import { once } from 'node:events'

async function bound(): Promise<dgram.Socket> {
  const socket = dgram.createSocket('udp4').bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return socket
}

const server = await bound()
const { port } = server.address()
const stranger = await bound()
// Whoever asks hears from the stranger first.
server.on('message', (_, { port, address }) => {
  stranger.send('midnight', port, address, () => server.send('noon', port, address))
})

// #region ask
const first = await bound()
first.send('', port, '127.0.0.1')
const [reply] = await once(first, 'message')
console.log(`the first that comes: ${reply}`)

const careful = await bound()
careful.send('', port, '127.0.0.1')
await new Promise<void>((resolve) => {
  careful.on('message', (reply, from) => {
    if (from.address !== '127.0.0.1' || from.port !== port) return
    console.log(`the sender compared: ${reply}`)
    resolve()
  })
})

const connected = await bound()
connected.connect(port, '127.0.0.1')
await once(connected, 'connect')
connected.send('')
const [only] = await once(connected, 'message')
console.log(`connected: ${only}`)
// #endregion
for (const socket of [server, stranger, first, careful, connected]) socket.close()
