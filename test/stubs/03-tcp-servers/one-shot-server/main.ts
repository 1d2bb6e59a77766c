type Endpoint = { host: string; port: number }
type Encoding = 'utf-8' | 'gbk'
type Visit = { address: string; port: number; bytes: number; text: string }

/**
 * Listens at `at`, accepts one client and stops listening at once. Takes what the first `data`
 * brings as the client's message, sends `reply` in `encoding`, closes, and resolves with the
 * client's address and port, the number of bytes of its message, and the message as text. A client
 * that half-closes without a byte gets the reply too: `bytes` is 0 and `text` is empty.
 *
 * Rejects before listening when `encoding` cannot write `reply`, with the system's error (`code`)
 * when it cannot listen, and when the client resets the connection.
 */
export async function serveOnce(at: Endpoint, reply: string, encoding: Encoding): Promise<Visit> {
  throw new Error(
    'Not written yet: accept one client, stop listening, take its message, reply, close, and tell who came',
  )
}

if (import.meta.main) {
  const port = Number(process.argv[2] ?? 4000)
  console.log(`listening on 127.0.0.1 port ${port}`)
  console.log(await serveOnce({ host: '127.0.0.1', port }, 'ok, 问题正在处理中...\n', 'utf-8'))
}
