import net from 'node:net'

type Endpoint = { host: string; port: number }
type Named = { address: string; port: number; family: 'IPv4' | 'IPv6' }

/**
 * Connects, reads the names of both ends from the socket, and leaves with FIN without having sent a
 * byte. `local` is this end, `remote` the server's; addresses are as the system writes them. Resolves
 * also when the server never closes. Rejects with the system's error (`code`) when it cannot connect.
 */
export function describeConnection(to: Endpoint): Promise<{ local: Named; remote: Named }> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(to)
    socket.on('error', reject)
    socket.on('connect', () => {
      const local = named(socket.localAddress, socket.localPort)
      const remote = named(socket.remoteAddress, socket.remotePort)
      if (local && remote) resolve({ local, remote })
      else reject(new Error('the connection broke before its names were read'))
      // FIN first. Then the socket goes too: the server may never close its side.
      socket.end(() => socket.destroy())
    })
  })
}

/** A broken connection has no names any more: then the socket's properties are undefined. */
function named(address?: string, port?: number): Named | undefined {
  if (address === undefined || port === undefined) return undefined
  return { address, port, family: net.isIPv6(address) ? 'IPv6' : 'IPv4' }
}

if (import.meta.main) {
  const [host = '127.0.0.1', port = '4000'] = process.argv.slice(2)
  console.log(await describeConnection({ host, port: Number(port) }))
}
