// bug: nobody looks whether GBK has every character, and the encoder writes `?` for those that it lacks: the server gets another text
// catalogue: -
// fails: refuses a character that GBK lacks, and sends nothing
// lesson: Characters and bytes
import net from 'node:net'
import iconv from 'iconv-lite'

type Endpoint = { host: string; port: number }

export async function askGbk(to: Endpoint, message: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = net.connect(to, () => socket.end(iconv.encode(message, 'gbk')))
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.on('end', () => resolve(iconv.decode(Buffer.concat(chunks), 'gbk')))
    socket.on('error', reject)
  })
}
