// bug: the names were read before the `connect` event: until then the socket has none
// catalogue: -
// fails: gives each end an address, a port and a family
// lesson: The two ends of a connection
import net from 'node:net'

type Endpoint = { host: string; port: number }
type Named = { address: string; port: number; family: 'IPv4' | 'IPv6' }

export function describeConnection(to: Endpoint): Promise<{ local: Named; remote: Named }> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(to)
    socket.on('error', reject)
    const local = named(socket.localAddress, socket.localPort, socket.localFamily)
    const remote = named(socket.remoteAddress, socket.remotePort, socket.remoteFamily)
    socket.on('connect', () => {
      resolve({ local, remote })
      socket.end(() => socket.destroy())
    })
  })
}

function named(address?: string, port?: number, family?: string): Named {
  return { address, port, family } as Named
}
