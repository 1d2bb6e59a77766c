import { once } from 'node:events'
import net from 'node:net'

const server = net.createServer((accepted) => {
  let received = ''
  let isAnyEmpty = false
  accepted.on('data', (bytes) => {
    received += bytes
    isAnyEmpty ||= bytes.length === 0
  })
  accepted.on('end', () => console.log('server: got', received, '- an empty piece:', isAnyEmpty))
})
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

// #region empty
const socket = net.connect(port, '127.0.0.1')
for (const message of ['hello', '', 'again']) {
  await new Promise((written) => socket.write(message, written))
  console.log('client: wrote', JSON.stringify(message))
}
socket.end()
// #endregion
await once(socket.resume(), 'close')
server.close()
