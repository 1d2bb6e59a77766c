// bug: the reply is decoded as UTF-8, which is what toString() does: GBK bytes turn into � signs
// catalogue: 15
// fails: sends the message in GBK and returns the reply as text
// lesson: Characters and bytes
import net from 'node:net'
import iconv from 'iconv-lite'

type Endpoint = { host: string; port: number }

export async function askGbk(to: Endpoint, message: string): Promise<string> {
  const request = iconv.encode(message, 'gbk')
  if (iconv.decode(request, 'gbk') !== message) throw new Error('not a GBK text')
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = net.connect(to, () => socket.end(request))
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.on('end', () => resolve(Buffer.concat(chunks).toString()))
    socket.on('error', reject)
  })
}
