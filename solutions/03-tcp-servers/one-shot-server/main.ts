import net from 'node:net'
import iconv from 'iconv-lite'

type Endpoint = { host: string; port: number }
type Encoding = 'utf-8' | 'gbk'
type Visit = { address: string; port: number; bytes: number; text: string }

// What Python and Windows call GBK is code page 936.
const codecs = { 'utf-8': 'utf-8', gbk: 'cp936' }

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
  const answer = encode(reply, encoding)
  return new Promise((resolve, reject) => {
    // Half-open: a client's FIN must not end our side before the reply is out.
    const server = net.createServer({ allowHalfOpen: true }, (socket) => {
      server.close()
      const { remoteAddress: address = '', remotePort: port = 0 } = socket
      const take = (message: Buffer): void => {
        if (socket.writableEnded) return // answered; what comes later is read and dropped
        const text = decode(message, encoding)
        socket.on('finish', () => resolve({ address, port, bytes: message.length, text }))
        socket.end(answer)
      }
      socket.on('data', take)
      socket.on('end', () => take(Buffer.alloc(0)))
      socket.on('error', reject)
    })
    server.on('error', reject)
    server.listen(at)
  })
}

function encode(text: string, encoding: Encoding): Buffer {
  const bytes = iconv.encode(text, codecs[encoding])
  // iconv-lite puts another sign for what it cannot write, so see whether the same text comes back.
  if (decode(bytes, encoding) === text) return bytes
  throw new Error(`${encoding} cannot write the reply ${JSON.stringify(text)}`)
}

function decode(bytes: Buffer, encoding: Encoding): string {
  return iconv.decode(bytes, codecs[encoding], { stripBOM: false })
}

if (import.meta.main) {
  const port = Number(process.argv[2] ?? 4000)
  console.log(`listening on 127.0.0.1 port ${port}`)
  console.log(await serveOnce({ host: '127.0.0.1', port }, 'ok, 问题正在处理中...\n', 'utf-8'))
}
