// bug: the message is written but the sending side is never closed, so a server that waits for the end of the message waits forever
// catalogue: -
// fails: returns a reply that comes only after its FIN
// lesson: Half-close
import net from 'node:net'
import iconv from 'iconv-lite'

type Endpoint = { host: string; port: number }

export async function askGbk(to: Endpoint, message: string): Promise<string> {
  const request = iconv.encode(message, 'gbk')
  if (iconv.decode(request, 'gbk') !== message) throw new Error('not a GBK text')
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = net.connect(to, () => socket.write(request))
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.on('end', () => resolve(iconv.decode(Buffer.concat(chunks), 'gbk')))
    socket.on('error', reject)
  })
}
