// bug: each chunk is decoded by itself, so a character whose two bytes come in two chunks turns into two wrong signs
// catalogue: 15
// fails: keeps a character whole whose two bytes come in two chunks
// lesson: Characters and bytes
import net from 'node:net'
import iconv from 'iconv-lite'

type Endpoint = { host: string; port: number }

export async function askGbk(to: Endpoint, message: string): Promise<string> {
  const request = iconv.encode(message, 'gbk')
  if (iconv.decode(request, 'gbk') !== message) throw new Error('not a GBK text')
  return new Promise((resolve, reject) => {
    let reply = ''
    const socket = net.connect(to, () => socket.end(request))
    socket.on('data', (chunk: Buffer) => {
      reply += iconv.decode(chunk, 'gbk')
    })
    socket.on('end', () => resolve(reply))
    socket.on('error', reject)
  })
}
