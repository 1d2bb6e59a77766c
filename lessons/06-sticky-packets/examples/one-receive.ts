import { once } from 'node:events'
import net from 'node:net'

// Cuts its first reply, `fine\n`, in two. It could be the network that does it.
const server = net.createServer((accepted) => {
  accepted.on('error', () => accepted.destroy())
  accepted.once('data', () => {
    accepted.write('fi')
    accepted.once('data', () => accepted.write('ne\nsee you\n'))
  })
})
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo
const socket = net.connect(port, '127.0.0.1')

// #region ask
for (const question of ['how are you', 'goodbye']) {
  socket.write(`${question}\n`)
  const [reply] = await once(socket, 'data')
  console.log(`${question}: ${JSON.stringify(String(reply))}`)
}
// #endregion
socket.destroy()
server.close()
