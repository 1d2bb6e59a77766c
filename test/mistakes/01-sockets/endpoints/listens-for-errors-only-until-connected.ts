// bug: `once` takes its error handler away as soon as the socket is connected, so a reset that comes later ends the whole program
// catalogue: 21
// fails: is not disturbed by a reset that comes after it has left
// lesson: When a call fails
import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }
type Named = { address: string; port: number; family: 'IPv4' | 'IPv6' }

export async function describeConnection(to: Endpoint): Promise<{ local: Named; remote: Named }> {
  const socket = net.connect(to)
  await once(socket, 'connect')
  socket.end()
  return {
    local: named(socket.localAddress, socket.localPort),
    remote: named(socket.remoteAddress, socket.remotePort),
  }
}

function named(address = '', port = 0): Named {
  return { address, port, family: net.isIPv6(address) ? 'IPv6' : 'IPv4' }
}
