import net from 'node:net'

type Endpoint = { host: string; port: number }
type Patience = { tries: number; waitMs: number }

/**
 * Starts a server that sends each client FIN at once. While somebody else listens at `at`, it tries
 * again: `tries` attempts in all, with `waitMs` milliseconds between them. Resolves once it listens;
 * rejects with EADDRINUSE, the port in the message, after the last attempt, and with any other error
 * of the system at once.
 */
export async function listenPatiently(
  at: Endpoint,
  { tries, waitMs }: Patience,
): Promise<net.Server> {
  throw new Error('Not written yet: listen, and try again a little later while the port is taken')
}

if (import.meta.main) {
  const port = Number(process.argv[2] ?? 4000)
  await listenPatiently({ host: '127.0.0.1', port }, { tries: 10, waitMs: 1_000 })
  console.log(`listening on 127.0.0.1:${port}`)
}
