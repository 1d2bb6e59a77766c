import net from 'node:net'

type Endpoint = { host: string; port: number }

/**
 * Listens at `at` (port 0: any free port) and serves one client at a time, in the order in which
 * they connected. A client whose turn comes gets `ready\n`, then `#k LINE\n` for its k-th line,
 * LINE byte for byte. Its turn ends when it leaves, by FIN or by RST; after a FIN it still gets
 * every reply, then the server's FIN. What a client sends while it waits is kept for its turn.
 *
 * Rejects with the system's error (`code`, such as EADDRINUSE) when it cannot listen.
 */
export async function startSequentialServer(at: Endpoint): Promise<net.Server> {
  throw new Error(
    'Not written yet: number the lines of one client and keep all the others waiting their turn',
  )
}

if (import.meta.main) {
  const port = Number(process.argv[2] ?? 4000)
  const server = await startSequentialServer({ host: '127.0.0.1', port })
  console.log('listening at', server.address())
}
