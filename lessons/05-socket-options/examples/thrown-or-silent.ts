// needs linux: the code for an option that can only be read

import dgram from 'node:dgram'
import { once } from 'node:events'
import net from 'node:net'
import { fdOf, getsockopt, setsockopt } from '#sockopt'

const server = net.createServer()
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

// #region ways
function attempt(title: string, set: () => unknown) {
  try {
    set()
    console.log(`${title}: not a word`)
  } catch (error) {
    console.log(`${title}: thrown, ${(error as NodeJS.ErrnoException).code}`)
  }
}

const socket = net.connect(port, '127.0.0.1')
attempt('setNoDelay, connecting', () => socket.setNoDelay())
attempt('fdOf, connecting', () => fdOf(socket))
const [[accepted]] = await Promise.all([once(server, 'connection'), once(socket, 'connect')])
console.log('connected:', getsockopt(fdOf(socket), 'IPPROTO_TCP', 'TCP_NODELAY'))

attempt('a name nobody knows', () => setsockopt(fdOf(socket), 'IPPROTO_TCP', 'TCP_FAST', 1))
attempt('an option to read only', () => setsockopt(fdOf(socket), 'SOL_SOCKET', 'SO_TYPE', 2))

socket.destroy()
attempt('setNoDelay, closed', () => socket.setNoDelay())
attempt('fdOf, closed', () => fdOf(socket))

const udp = dgram.createSocket('udp4')
attempt('setBroadcast, not bound', () => udp.setBroadcast(true))
// #endregion
udp.close()
accepted.destroy()
server.close()
