import { once } from 'node:events'
import net from 'node:net'

const server = net.createServer((accepted) => {
  accepted.resume().on('error', () => accepted.destroy())
})
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

// #region bind
async function connect(localPort?: number): Promise<net.Socket> {
  const socket = net.connect({ host: '127.0.0.1', port, localPort })
  await once(socket, 'connect')
  return socket
}

const free = await connect()
const other = await connect()
console.log('the kernel chose two ports:', free.localPort !== other.localPort)

const again = await connect(free.localPort).catch((error) => error.code)
console.log('the same port, bound by hand:', again)
// #endregion
free.destroy()
other.destroy()
server.close()
