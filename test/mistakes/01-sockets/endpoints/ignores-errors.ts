// bug: nothing listens for the socket's `error`, so a refused connection ends the whole program instead of rejecting
// catalogue: 23
// fails: rejects with ECONNREFUSED when nobody listens
// lesson: When a call fails
import net from 'node:net'

type Endpoint = { host: string; port: number }
type Named = { address: string; port: number; family: 'IPv4' | 'IPv6' }

export function describeConnection(to: Endpoint): Promise<{ local: Named; remote: Named }> {
  return new Promise((resolve) => {
    const socket = net.connect(to)
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
  return { address, port, family: net.isIPv6(address) ? 'IPv6' : 'IPv4' }
}
