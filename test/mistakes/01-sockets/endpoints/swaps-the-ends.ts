// bug: the two ends were mixed up: on a client `local` is the end with the port that the system picked, and `remote` is the server
// catalogue: -
// fails: names the server as the remote end
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
        local: named(socket.remoteAddress, socket.remotePort),
        remote: named(socket.localAddress, socket.localPort),
      })
      socket.end(() => socket.destroy())
    })
  })
}

function named(address = '', port = 0): Named {
  return { address, port, family: net.isIPv6(address) ? 'IPv6' : 'IPv4' }
}
