// bug: nothing closes the connection (`end`), so it stays open for as long as the program runs
// catalogue: -
// fails: leaves with FIN
// lesson: Opening and closing
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
    })
  })
}

function named(address = '', port = 0): Named {
  return { address, port, family: net.isIPv6(address) ? 'IPv6' : 'IPv4' }
}
