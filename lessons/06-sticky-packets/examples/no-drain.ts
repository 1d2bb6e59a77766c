import { once } from 'node:events'
import net from 'node:net'

const server = net.createServer({ pauseOnConnect: true })
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

// #region events
const client = net.connect(port, '127.0.0.1')
const [socket] = (await once(server, 'connection')) as [net.Socket]
for (const event of ['drain', 'finish', 'error', 'close']) {
  socket.on(event, () => console.log(event))
}
console.log('write() said:', socket.write(Buffer.alloc(20_000_000)))
client.resetAndDestroy()
// #endregion
server.close()
