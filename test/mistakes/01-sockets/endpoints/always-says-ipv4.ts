// bug: the family was written as `IPv4` whatever the addresses are; a connection to `::1` is one of IPv6
// catalogue: 33
// fails: names both ends of an ipv6 connection
// lesson: IPv4 and IPv6
import net from 'node:net'

type Endpoint = { host: string; port: number }
type Named = { address: string; port: number; family: 'IPv4' | 'IPv6' }

export function describeConnection(to: Endpoint): Promise<{ local: Named; remote: Named }> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(to)
    socket.on('error', reject)
    socket.on('connect', () => {
      resolve({
        local: named(socket.localAddress, socket.localPort),
        remote: named(socket.remoteAddress, socket.remotePort),
      })
      socket.end(() => socket.destroy())
    })
  })
}

function named(address = '', port = 0): Named {
  return { address, port, family: 'IPv4' }
}
