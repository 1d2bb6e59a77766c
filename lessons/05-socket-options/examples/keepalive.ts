// needs linux: other systems have other defaults
import { once } from 'node:events'
import net from 'node:net'
import { fdOf, getsockopt } from '#sockopt'

const server = net.createServer()
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

// #region set
async function set(title: string, change: (socket: net.Socket) => void) {
  const socket = net.connect(port, '127.0.0.1')
  const [[accepted]] = await Promise.all([once(server, 'connection'), once(socket, 'connect')])
  change(socket)
  const fd = fdOf(socket)
  const isOn = getsockopt(fd, 'SOL_SOCKET', 'SO_KEEPALIVE')
  const tcp = (name: string) => getsockopt(fd, 'IPPROTO_TCP', name)
  const [idle, interval, count] = ['TCP_KEEPIDLE', 'TCP_KEEPINTVL', 'TCP_KEEPCNT'].map(tcp)
  console.log(`${title}: ${isOn}, after ${idle} s, every ${interval} s, ${count} times`)
  socket.destroy()
  accepted.destroy()
}

await set('untouched', () => {})
await set('(true)', (socket) => socket.setKeepAlive(true))
await set('(true, 0)', (socket) => socket.setKeepAlive(true, 0))
await set('(true, 500)', (socket) => socket.setKeepAlive(true, 500))
await set('(true, 60_500)', (socket) => socket.setKeepAlive(true, 60_500))
await set('(true, 60_000, 5_000, 3)', (socket) => socket.setKeepAlive(true, 60_000, 5_000, 3))
// #endregion
server.close()
