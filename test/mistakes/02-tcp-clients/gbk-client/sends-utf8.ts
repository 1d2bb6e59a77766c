// bug: the string goes straight to the socket, and Node writes strings in UTF-8: 你 leaves as e4 bd a0, not as c4 e3
// catalogue: 15
// fails: sends the message in GBK and returns the reply as text
// lesson: Characters and bytes
import net from 'node:net'
import iconv from 'iconv-lite'

type Endpoint = { host: string; port: number }

export async function askGbk(to: Endpoint, message: string): Promise<string> {
  if (iconv.decode(iconv.encode(message, 'gbk'), 'gbk') !== message) {
    throw new Error('not a GBK text')
  }
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = net.connect(to, () => socket.end(message))
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.on('end', () => resolve(iconv.decode(Buffer.concat(chunks), 'gbk')))
    socket.on('error', reject)
  })
}
