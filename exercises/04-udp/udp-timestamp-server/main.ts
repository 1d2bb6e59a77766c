import dgram from 'node:dgram'

type Endpoint = { host: string; port: number }

/**
 * Starts a UDP server that answers each datagram with `[TIME] ` and the datagram's own bytes. TIME
 * is the moment at which it came, ISO 8601 in UTC with milliseconds. A datagram whose answer would
 * be longer than 65,507 bytes gets none. Resolves with the socket once it is bound; rejects with
 * the system's error (`code`, such as EADDRINUSE) when it cannot be.
 */
export async function startUdpTimestampServer(at: Endpoint): Promise<dgram.Socket> {
  throw new Error('Not written yet: send each datagram back with the time before it')
}

if (import.meta.main) {
  const port = Number(process.argv[2] ?? 4000)
  await startUdpTimestampServer({ host: '127.0.0.1', port })
  console.log(`listening on 127.0.0.1:${port}`)
}
