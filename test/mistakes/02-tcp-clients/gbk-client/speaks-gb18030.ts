// bug: GB18030 is taken for GBK; it has a code for every character, four bytes long where GBK has none, and a GBK server reads those as something else
// catalogue: -
// fails: refuses a character that GBK lacks, and sends nothing
// lesson: Characters and bytes
import net from 'node:net'
import iconv from 'iconv-lite'

type Endpoint = { host: string; port: number }

export async function askGbk(to: Endpoint, message: string): Promise<string> {
  const request = iconv.encode(message, 'gb18030')
  if (iconv.decode(request, 'gb18030') !== message) throw new Error('not a GBK text')
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = net.connect(to, () => socket.end(request))
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.on('end', () => resolve(iconv.decode(Buffer.concat(chunks), 'gb18030')))
    socket.on('error', reject)
  })
}
