// bug: any `?` in the encoded message is taken for a lost character, but a question mark is a character of its own
// catalogue: -
// fails: sends a question mark as it is
// lesson: Characters and bytes
import net from 'node:net'
import iconv from 'iconv-lite'

type Endpoint = { host: string; port: number }

export async function askGbk(to: Endpoint, message: string): Promise<string> {
  const request = iconv.encode(message, 'gbk')
  if (request.includes('?')) throw new Error('the message has characters outside GBK')
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = net.connect(to, () => socket.end(request))
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.on('end', () => resolve(iconv.decode(Buffer.concat(chunks), 'gbk')))
    socket.on('error', reject)
  })
}
