// bug: the first chunk is taken for the whole reply, as one recv(1024) does; TCP may deliver a reply in any number of chunks
// catalogue: 1
// fails: returns everything up to the FIN, not just the first chunk
// lesson: Reading to the end
import net from 'node:net'
import iconv from 'iconv-lite'

type Endpoint = { host: string; port: number }

export async function askGbk(to: Endpoint, message: string): Promise<string> {
  const request = iconv.encode(message, 'gbk')
  if (iconv.decode(request, 'gbk') !== message) throw new Error('not a GBK text')
  return new Promise((resolve, reject) => {
    const socket = net.connect(to, () => socket.end(request))
    socket.once('data', (chunk: Buffer) => resolve(iconv.decode(chunk, 'gbk')))
    socket.once('end', () => resolve(''))
    socket.on('error', reject)
  })
}
