type Endpoint = { host: string; port: number }
type Named = { address: string; port: number; family: 'IPv4' | 'IPv6' }

/**
 * Connects, reads the names of both ends from the socket, and leaves with FIN without having sent a
 * byte. `local` is this end, `remote` the server's; addresses are as the system writes them. Resolves
 * also when the server never closes. Rejects with the system's error (`code`) when it cannot connect.
 */
export async function describeConnection(to: Endpoint): Promise<{ local: Named; remote: Named }> {
  throw new Error(
    'Not written yet: connect, read the address and port of both ends from the socket, and leave with FIN',
  )
}

if (import.meta.main) {
  const [host = '127.0.0.1', port = '4000'] = process.argv.slice(2)
  console.log(await describeConnection({ host, port: Number(port) }))
}
