// bug: nothing listens for the socket's `error`, so a failed connection ends the whole program instead of rejecting
// catalogue: 23
// fails: rejects with ECONNREFUSED when nobody listens
// lesson: When connecting fails
import net from 'node:net'

type Endpoint = { host: string; port: number }

export function ask(to: Endpoint, message: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = net.connect(to)
    const chunks: Buffer[] = []
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.on('end', () => resolve(Buffer.concat(chunks).toString()))
    socket.end(message)
  })
}
