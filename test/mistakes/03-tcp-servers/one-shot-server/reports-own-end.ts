// bug: localAddress and localPort are the server's own end of the connection; the client's are remoteAddress and remotePort
// catalogue: -
// fails: tells the address and port of its client
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
      const { localAddress: address = '', localPort: port = 0 } = socket
      let isAnswered = false
      const take = (message: Buffer) => {
        if (isAnswered) return
        isAnswered = true
        const text = iconv.decode(message, encoding)
        socket.on('finish', () => resolve({ address, port, bytes: message.length, text }))
        socket.end(answer)
      }
      socket.on('data', take)
      socket.on('end', () => take(Buffer.alloc(0)))
      socket.on('error', reject)
    })
    server.on('error', reject)
    server.listen(at)
  })
}
