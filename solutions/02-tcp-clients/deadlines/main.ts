import net from 'node:net'

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
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = net.connect(to)
    const startClock = (limit: 'idle' | 'total', ms: number): NodeJS.Timeout =>
      setTimeout(() => socket.destroy(timedOut(limit, ms)), ms)
    const idle = startClock('idle', limits.idleMs)
    const total = startClock('total', limits.totalMs)
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      idle.refresh()
    })
    socket.on('end', () => {
      resolve(Buffer.concat(chunks).toString())
      // What the server has not taken of the message by now would keep socket and timers.
      socket.destroy()
    })
    socket.on('error', reject)
    // The one event that comes on every path: after the last FIN, after an error, after destroy.
    socket.on('close', () => {
      clearTimeout(idle)
      clearTimeout(total)
    })
    socket.end(message)
  })
}

function timedOut(limit: 'idle' | 'total', ms: number): Error {
  return Object.assign(new Error(`${limit} limit of ${ms} ms passed`), { code: 'ETIMEDOUT' })
}

if (import.meta.main) {
  const [host = '127.0.0.1', port = '4000', message = 'hello'] = process.argv.slice(2)
  const limits = { idleMs: 3_000, totalMs: 10_000 }
  console.log(await askWithin({ host, port: Number(port) }, message, limits))
}
