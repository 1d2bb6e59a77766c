import dgram from 'node:dgram'

type Endpoint = { host: string; port: number }

/**
 * Starts a UDP server that answers each datagram, an empty one too, with the Unix time: whole
 * seconds, rounded down, in 4 bytes, unsigned, big-endian. Resolves with the socket once it is
 * bound; rejects with the system's error (`code`, such as EADDRINUSE) when it cannot be.
 */
export async function startTimeServer(at: Endpoint): Promise<dgram.Socket> {
  throw new Error('Not written yet: answer each datagram with the Unix time in four bytes')
}

if (import.meta.main) {
  const port = Number(process.argv[2] ?? 4000)
  await startTimeServer({ host: '127.0.0.1', port })
  console.log(`listening on 127.0.0.1:${port}`)
}
