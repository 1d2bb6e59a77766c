// bug: the port of the local end was taken to be that of the server; the system picks another one for each connection
// catalogue: -
// fails: names itself as the local end, with a port of its own
// lesson: The two ends of a connection
import net from 'node:net'

type Endpoint = { host: string; port: number }
type Named = { address: string; port: number; family: 'IPv4' | 'IPv6' }

export function describeConnection(to: Endpoint): Promise<{ local: Named; remote: Named }> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(to)
    socket.on('error', reject)
    socket.on('connect', () => {
      resolve({
        local: named(socket.localAddress, to.port),
        remote: named(socket.remoteAddress, socket.remotePort),
      })
      socket.end(() => socket.destroy())
    })
  })
}

function named(address = '', port = 0): Named {
  return { address, port, family: net.isIPv6(address) ? 'IPv6' : 'IPv4' }
}
