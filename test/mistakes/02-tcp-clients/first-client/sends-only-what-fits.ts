// bug: only the first 64 KiB of the message were sent, as one `send` of a full buffer may do; the rest was forgotten
// catalogue: 18
// fails: sends a message of 8 MiB whole to a server that reads late
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
    const bytes = Buffer.from(message)
    socket.end(bytes.subarray(0, 65_536))
  })
}
