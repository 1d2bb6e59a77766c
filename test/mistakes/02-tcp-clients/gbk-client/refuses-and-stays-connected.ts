// bug: the message is checked when the connection is already made, and the refusal forgets to end it: the server keeps a client that never speaks
// catalogue: -
// fails: leaves no connection open after a refusal
// lesson: Every path closes the socket
import net from 'node:net'
import iconv from 'iconv-lite'

type Endpoint = { host: string; port: number }

export async function askGbk(to: Endpoint, message: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = net.connect(to, () => {
      const request = iconv.encode(message, 'gbk')
      if (iconv.decode(request, 'gbk') === message) socket.end(request)
      else reject(new Error('the message has characters outside GBK'))
    })
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.on('end', () => resolve(iconv.decode(Buffer.concat(chunks), 'gbk')))
    socket.on('error', reject)
  })
}
