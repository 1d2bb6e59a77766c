// bug: the table covers first and second bytes from a1 to fe only, which is the older GB2312; GBK has 14,000 characters more, with smaller bytes
// catalogue: -
// fails: sends and reads characters that GBK has and GB2312 lacks
// lesson: Characters and bytes
import net from 'node:net'

type Endpoint = { host: string; port: number }

const decoder = new TextDecoder('gbk')
const codes = new Map<string, Buffer>()
for (let high = 0xa1; high <= 0xf7; high++) {
  for (let low = 0xa1; low <= 0xfe; low++) {
    const code = Buffer.from([high, low])
    codes.set(decoder.decode(code), code)
  }
}
codes.delete('\ufffd')

function encodeChar(char: string): Buffer {
  if (char < '\x80') return Buffer.from(char)
  const code = codes.get(char)
  if (!code) throw new Error(`GBK has no ${char}`)
  return code
}

export async function askGbk(to: Endpoint, message: string): Promise<string> {
  const request = Buffer.concat([...message].map(encodeChar))
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = net.connect(to, () => socket.end(request))
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.on('end', () => resolve(decoder.decode(Buffer.concat(chunks))))
    socket.on('error', reject)
  })
}
