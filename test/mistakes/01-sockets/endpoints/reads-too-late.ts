// bug: the names were read after the socket had closed: by then it has forgotten them
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
    socket.on('connect', () => socket.end())
    socket.on('close', () => {
      resolve({
        local: named(socket.localAddress, socket.localPort, socket.localFamily),
        remote: named(socket.remoteAddress, socket.remotePort, socket.remoteFamily),
      })
    })
  })
}

function named(address?: string, port?: number, family?: string): Named {
  return { address, port, family } as Named
}
