// bug: `close` was waited for, which comes only after the FIN of the server, and a server may never send one
// catalogue: -
// fails: resolves though the server never closes
// lesson: Opening and closing
import net from 'node:net'

type Endpoint = { host: string; port: number }
type Named = { address: string; port: number; family: 'IPv4' | 'IPv6' }

export function describeConnection(to: Endpoint): Promise<{ local: Named; remote: Named }> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(to)
    socket.on('error', reject)
    socket.on('connect', () => {
      const local = named(socket.localAddress, socket.localPort)
      const remote = named(socket.remoteAddress, socket.remotePort)
      socket.on('close', () => resolve({ local, remote }))
      socket.end()
    })
  })
}

function named(address = '', port = 0): Named {
  return { address, port, family: net.isIPv6(address) ? 'IPv6' : 'IPv4' }
}
