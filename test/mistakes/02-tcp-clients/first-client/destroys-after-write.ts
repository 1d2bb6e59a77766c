// bug: `destroy()` straight after `write()` closed the whole connection, so the reply had nowhere to come to
// catalogue: 19
// fails: returns a reply that comes only after its FIN
// lesson: Half-close
import net from 'node:net'

type Endpoint = { host: string; port: number }

export function ask(to: Endpoint, message: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(to)
    const chunks: Buffer[] = []
    socket.on('error', reject)
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.on('close', () => resolve(Buffer.concat(chunks).toString()))
    socket.write(message, () => socket.destroy())
  })
}
