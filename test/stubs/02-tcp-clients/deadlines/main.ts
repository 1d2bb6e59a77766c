type Endpoint = { host: string; port: number }
type Limits = { idleMs: number; totalMs: number }

/**
 * Connects, sends `message` in UTF-8, half-closes, reads to the server's FIN and returns all that
 * came as text.
 *
 * Rejects with `code: 'ETIMEDOUT'` when no byte came for `limits.idleMs` milliseconds (the message
 * says `idle`), or when all of it took `limits.totalMs` milliseconds (the message says `total`).
 * Both clocks start at the call. Rejects with the system's error (`code`) when the connection fails
 * or is reset before the server's FIN. The socket and the timers are gone on every path.
 */
export async function askWithin(to: Endpoint, message: string, limits: Limits): Promise<string> {
  throw new Error(
    'Not written yet: ask as in first-client, and give up with ETIMEDOUT when a limit passes',
  )
}

if (import.meta.main) {
  const [host = '127.0.0.1', port = '4000', message = 'hello'] = process.argv.slice(2)
  const limits = { idleMs: 3_000, totalMs: 10_000 }
  console.log(await askWithin({ host, port: Number(port) }, message, limits))
}
