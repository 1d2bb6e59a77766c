import net from 'node:net'

type Endpoint = { host: string; port: number }

/**
 * Starts a server that reads each client to its FIN, replies `[TIME] DATA` and closes. TIME is the
 * moment of the FIN, ISO 8601 in UTC with milliseconds; DATA is what came, byte for byte. Resolves
 * once it listens; rejects with the system's error when it cannot.
 */
export async function startTimestampServer(at: Endpoint): Promise<net.Server> {
  throw new Error(
    'Not written yet: start a server that answers what each client sent, at its FIN, with the time before it',
  )
}

if (import.meta.main) {
  const port = Number(process.argv[2] ?? 4000)
  await startTimestampServer({ host: '127.0.0.1', port })
  console.log(`listening on 127.0.0.1:${port}`)
}
