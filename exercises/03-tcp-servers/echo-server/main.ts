import net from 'node:net'

type Endpoint = { host: string; port: number }

/**
 * Listens at `at` (port 0: any free port). For each chunk that a client sends it writes back the
 * chunk, byte for byte, then `\nI get it!\n`, then the next line that the operator types on stdin,
 * without its newline. Lines go to chunks in the order in which the chunks arrived, over all
 * clients. A client that half-closed still gets the words that it is owed; then the server closes.
 *
 * Prints `connected: ADDRESS:PORT` for each client and `ADDRESS: TEXT` for each chunk.
 * Rejects with the system's error (`code`, such as EADDRINUSE) when it cannot listen.
 */
export async function startEchoServer(at: Endpoint): Promise<net.Server> {
  throw new Error(
    'Not written yet: listen, echo each chunk and "I get it!", then pass on a line from stdin',
  )
}

if (import.meta.main) {
  const server = await startEchoServer({ host: '127.0.0.1', port: Number(process.argv[2] ?? 4000) })
  console.log('listening at', server.address())
}
