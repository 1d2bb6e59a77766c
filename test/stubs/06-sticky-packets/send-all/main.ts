import net from 'node:net'

type Endpoint = { host: string; port: number }

/**
 * Starts a server that reads a decimal count and `\n` from each client, sends that many bytes, byte i
 * being i mod 251, and then FIN. Anything but digits: it closes without a byte. What follows the count
 * is ignored. A client that does not read costs at most 1 MiB of memory. Resolves once it listens;
 * rejects with the system's error (`code`) when it cannot.
 */
export async function startPatternServer(at: Endpoint): Promise<net.Server> {
  throw new Error(
    'Not written yet: read a count, send that many bytes of the pattern no faster than the client reads, then FIN',
  )
}

if (import.meta.main) {
  const port = Number(process.argv[2] ?? 4000)
  await startPatternServer({ host: '127.0.0.1', port })
  console.log(`listening on 127.0.0.1:${port}`)
}
