import dgram from 'node:dgram'

type Endpoint = { host: string; port: number }

/**
 * Starts a beacon, which answers each `WHO?` with `I AM name` and ignores every other datagram.
 * Several beacons may share one port. Resolves with the socket once it is bound; rejects with the
 * system's error (`code`, such as EADDRINUSE) when it cannot be.
 */
export async function startBeacon(at: Endpoint, name: string): Promise<dgram.Socket> {
  throw new Error('Not written yet: answer each WHO? with the name')
}

/**
 * Sends `WHO?` to the broadcast address in `to` and resolves, after `waitMs` milliseconds, with the
 * names of the beacons that answered, sorted by code unit, each once; `[]` when none did. Rejects
 * with the system's error when the question cannot be sent. The socket is closed on every path.
 */
export async function discover(to: Endpoint, waitMs: number): Promise<string[]> {
  throw new Error('Not written yet: ask everybody, and collect the names of those who answer')
}

if (import.meta.main) {
  const [port = '4000', name] = process.argv.slice(2)
  if (name) {
    await startBeacon({ host: '0.0.0.0', port: Number(port) }, name)
    console.log(`listening on 0.0.0.0:${port}`)
  } else {
    console.log(await discover({ host: '127.255.255.255', port: Number(port) }, 1_000))
  }
}
