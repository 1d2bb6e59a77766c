import net from 'node:net'
import iconv from 'iconv-lite'

type Endpoint = { host: string; port: number }

// What Python and Windows call GBK: code page 936. The tables named 'gbk' elsewhere differ in a few signs.
const GBK = 'cp936'

/**
 * Connects, sends `message` in GBK, half-closes, reads to the server's FIN and returns all that
 * came, decoded from GBK.
 *
 * Rejects with the system's error (`code`) when the connection fails or is reset before the
 * server's FIN, and with an Error that names the character when `message` holds one that GBK
 * lacks; then nothing is sent.
 */
export async function askGbk(to: Endpoint, message: string): Promise<string> {
  const request = encode(message)
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = net.connect(to, () => socket.end(request))
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    // A character may lie across two chunks, so decode once, when all bytes are here.
    socket.on('end', () => resolve(iconv.decode(Buffer.concat(chunks), GBK)))
    socket.on('error', reject)
  })
}

function encode(text: string): Buffer {
  const bytes = iconv.encode(text, GBK)
  // iconv-lite writes `?` for what it cannot encode, so see whether the same text comes back.
  if (iconv.decode(bytes, GBK) === text) return bytes
  const lost = [...text].find((char) => iconv.decode(iconv.encode(char, GBK), GBK) !== char)
  throw new Error(`GBK has no character ${JSON.stringify(lost)}`)
}

if (import.meta.main) {
  const [host = '127.0.0.1', port = '4000', message = '你好'] = process.argv.slice(2)
  console.log(await askGbk({ host, port: Number(port) }, message))
}
