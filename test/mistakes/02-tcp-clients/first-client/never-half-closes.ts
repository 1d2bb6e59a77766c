// bug: the client never sent FIN (`end`), so the server could not know that the message was whole
// catalogue: 25
// fails: sends the message as UTF-8 and half-closes
// lesson: Half-close
import net from 'node:net'

type Endpoint = { host: string; port: number }

export function ask(to: Endpoint, message: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(to)
    const chunks: Buffer[] = []
    socket.on('error', reject)
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.on('end', () => resolve(Buffer.concat(chunks).toString()))
    socket.write(message)
  })
}
