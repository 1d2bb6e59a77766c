// bug: each chunk was decoded on its own, so a character whose bytes came in two chunks was broken
// catalogue: 14
// fails: keeps a character whole whose bytes come in two chunks
// lesson: Reading to the end
import net from 'node:net'

type Endpoint = { host: string; port: number }

export function ask(to: Endpoint, message: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(to)
    let text = ''
    socket.on('error', reject)
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
    socket.on('end', () => resolve(text))
    socket.end(message)
  })
}
