// bug: the reply waits for the client's FIN, but a client that reads before it closes waits for the reply: both wait forever
// catalogue: -
// fails: replies while the client keeps its side open, and closes
// lesson: A visit from start to end
import net from 'node:net'
import iconv from 'iconv-lite'

type Endpoint = { host: string; port: number }
type Encoding = 'utf-8' | 'gbk'
type Visit = { address: string; port: number; bytes: number; text: string }

export async function serveOnce(at: Endpoint, reply: string, encoding: Encoding): Promise<Visit> {
  const answer = iconv.encode(reply, encoding)
  if (iconv.decode(answer, encoding) !== reply) throw new Error(`not a ${encoding} text`)
  return new Promise((resolve, reject) => {
    const server = net.createServer({ allowHalfOpen: true }, (socket) => {
      server.close()
      const { remoteAddress: address = '', remotePort: port = 0 } = socket
      const chunks: Buffer[] = []
      const finish = () => {
        const message = Buffer.concat(chunks)
        const text = iconv.decode(message, encoding)
        socket.on('finish', () => resolve({ address, port, bytes: message.length, text }))
        socket.end(answer)
      }
      socket.on('data', (chunk: Buffer) => chunks.push(chunk))
      socket.on('end', finish)
      socket.on('error', reject)
    })
    server.on('error', reject)
    server.listen(at)
  })
}
