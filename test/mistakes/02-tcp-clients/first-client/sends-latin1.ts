// bug: the message was sent in latin1, which has one byte for each character and none for most; text on the wire here is UTF-8
// catalogue: -
// fails: sends the message as UTF-8 and half-closes
// lesson: Connect and send
import net from 'node:net'

type Endpoint = { host: string; port: number }

export function ask(to: Endpoint, message: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(to)
    const chunks: Buffer[] = []
    socket.on('error', reject)
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.on('end', () => resolve(Buffer.concat(chunks).toString()))
    socket.end(message, 'latin1')
  })
}
