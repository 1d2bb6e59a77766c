// bug: the name of the remote end was copied from the arguments; those hold what the caller wrote, which may be a host name, and only the socket knows the address that was reached
// catalogue: -
// fails: reads the names from the socket, not from its arguments
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
        local: named(socket.localAddress, socket.localPort),
        remote: named(to.host, to.port),
      })
      socket.end(() => socket.destroy())
    })
  })
}

function named(address = '', port = 0): Named {
  return { address, port, family: net.isIPv6(address) ? 'IPv6' : 'IPv4' }
}
