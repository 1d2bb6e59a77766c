import { once } from 'node:events'
import net from 'node:net'

// #region state
let shared = ''
const server = net.createServer((accepted) => {
  let own = ''
  accepted.on('data', (chunk) => {
    shared += chunk
    own += chunk
  })
  accepted.on('end', () => console.log(`shared: ${shared}, own: ${own}`))
  accepted.on('error', () => accepted.destroy())
})
// #endregion
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

for (const name of ['anna', 'bert']) {
  const socket = net.connect(port, '127.0.0.1')
  socket.end(name)
  await once(socket.resume(), 'close')
}
server.close()
