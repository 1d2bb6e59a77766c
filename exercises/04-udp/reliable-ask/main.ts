type Endpoint = { host: string; port: number }
type Options = { timeoutMs: number; tries: number }

/**
 * Asks a UDP server and resolves with what it answers. A datagram is a 4-byte big-endian id, then
 * the payload; the reply to a request bears its id. Without a reply for `timeoutMs` milliseconds
 * the same datagram goes out again, `tries` times in all. Other datagrams are ignored, and a port
 * where nobody listens counts as loss.
 *
 * Rejects with `code: 'ETIMEDOUT'` when the last send got no reply for `timeoutMs` either, and with
 * the system's error when nothing can be sent. The socket is closed on every path.
 */
export async function reliableAsk(
  to: Endpoint,
  payload: Uint8Array,
  { timeoutMs, tries }: Options,
): Promise<Uint8Array> {
  throw new Error('Not written yet: send the request again until its own reply comes')
}

if (import.meta.main) {
  const [host = '127.0.0.1', port = '4000', message = 'hello'] = process.argv.slice(2)
  const options = { timeoutMs: 1_000, tries: 5 }
  const reply = await reliableAsk({ host, port: Number(port) }, Buffer.from(message), options)
  console.log(Buffer.from(reply).toString())
}
