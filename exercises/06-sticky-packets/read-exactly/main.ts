import net from 'node:net'

type Endpoint = { host: string; port: number }

/**
 * Starts a server that takes commands. `PUT n\n` and n raw bytes (n in decimal digits, at most
 * 64 MiB) is answered with `OK SHA256HEX\n`; the body is hashed as it comes and never held.
 * `BYE\n` ends the connection. Anything else, or 1,024 bytes of command without `\n`, is answered
 * with `ERR reason\n`, and the connection ends. Resolves once it listens; rejects with the system's
 * error when it cannot.
 */
export async function startPutServer(at: Endpoint): Promise<net.Server> {
  throw new Error(
    'Not written yet: start a server that reads a command line, then exactly as many bytes as it announced, and answers with their digest',
  )
}

if (import.meta.main) {
  const port = Number(process.argv[2] ?? 4000)
  await startPutServer({ host: '127.0.0.1', port })
  console.log(`listening on 127.0.0.1:${port}`)
}
