type Endpoint = { host: string; port: number }

/**
 * Asks a UDP time server with one empty datagram and resolves with the Unix time in seconds that it
 * answers: 4 bytes, unsigned, big-endian. Only `to` can answer; what others send is ignored.
 *
 * Rejects with an error that names the length when the reply is not 4 bytes long, with `code:
 * 'ETIMEDOUT'` when no reply came within `timeoutMs` milliseconds of the call, and with the
 * system's error (ECONNREFUSED) at once when nobody listens there. The socket is closed on every path.
 */
export async function askTime(to: Endpoint, timeoutMs: number): Promise<number> {
  throw new Error('Not written yet: send an empty datagram and read the time out of the reply')
}

if (import.meta.main) {
  const [host = '127.0.0.1', port = '4000'] = process.argv.slice(2)
  const seconds = await askTime({ host, port: Number(port) }, 3_000)
  console.log(new Date(seconds * 1000).toString())
}
