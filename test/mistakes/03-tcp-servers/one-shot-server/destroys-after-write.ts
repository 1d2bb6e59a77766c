// bug: destroy() does not wait for what was written: the part of the reply that is still in the buffer is thrown away
// catalogue: 19
// fails: delivers a reply of 20 MB whole to a client that reads late
// lesson: Closing without cutting
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
      let isAnswered = false
      const take = (message: Buffer) => {
        if (isAnswered) return
        isAnswered = true
        const text = iconv.decode(message, encoding)
        socket.on('close', () => resolve({ address, port, bytes: message.length, text }))
        socket.write(answer)
        socket.destroy()
      }
      socket.on('data', take)
      socket.on('end', () => take(Buffer.alloc(0)))
      socket.on('error', reject)
    })
    server.on('error', reject)
    server.listen(at)
  })
}
