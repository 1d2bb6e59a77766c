// needs linux: SO_BINDTODEVICE

import dgram from 'node:dgram'
import { once } from 'node:events'
import net from 'node:net'
import { fdOf, getsockopt, getsockoptText, setsockopt, setsockoptText } from '#sockopt'

const server = net.createServer().listen(0, '127.0.0.1')
await once(server, 'listening')
const tcp = net.connect((server.address() as net.AddressInfo).port, '127.0.0.1')
const [accepted] = (await once(server, 'connection')) as [net.Socket]
const udp = dgram.createSocket({ type: 'udp4', reuseAddr: true }).bind(0, '127.0.0.1')
await once(udp, 'listening')
const plainUdp = dgram.createSocket('udp4').bind(0, '127.0.0.1')
await once(plainUdp, 'listening')

// #region six
function tell(how: string, socket: net.Socket | dgram.Socket, name: string, set: () => void) {
  const read = () => getsockopt(fdOf(socket), 'SOL_SOCKET', name)
  const before = read()
  set()
  console.log(`${name}: ${before}, ${how}: ${read()}`)
}
const byHand = (socket: net.Socket | dgram.Socket, name: string) => () =>
  setsockopt(fdOf(socket), 'SOL_SOCKET', name, 1)

const device = () => JSON.stringify(getsockoptText(fdOf(udp), 'SOL_SOCKET', 'SO_BINDTODEVICE'))
const before = device()
setsockoptText(fdOf(udp), 'SOL_SOCKET', 'SO_BINDTODEVICE', 'lo')
console.log(`SO_BINDTODEVICE: ${before}, set to lo: ${device()}`)

tell('setBroadcast(true)', udp, 'SO_BROADCAST', () => udp.setBroadcast(true))
tell('set by hand', udp, 'SO_DONTROUTE', byHand(udp, 'SO_DONTROUTE'))
tell('setKeepAlive(true)', tcp, 'SO_KEEPALIVE', () => tcp.setKeepAlive(true))
tell('set by hand', tcp, 'SO_OOBINLINE', byHand(tcp, 'SO_OOBINLINE'))
const reuse = (of: dgram.Socket | net.Server) => getsockopt(fdOf(of), 'SOL_SOCKET', 'SO_REUSEADDR')
console.log(
  `SO_REUSEADDR: UDP ${reuse(plainUdp)}, with reuseAddr ${reuse(udp)}, TCP ${reuse(server)}`,
)
// #endregion
tcp.destroy()
accepted.destroy()
for (const socket of [udp, plainUdp, server]) socket.close()
