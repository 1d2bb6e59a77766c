// bug: the first `data` event was taken for the whole answer; a stream has no messages, only bytes until FIN
// catalogue: 1
// fails: returns everything up to the FIN, not just the first chunk
// lesson: Reading to the end
import net from 'node:net'

type Endpoint = { host: string; port: number }

export function ask(to: Endpoint, message: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(to)
    socket.on('error', reject)
    socket.once('data', (chunk: Buffer) => resolve(chunk.toString()))
    socket.on('end', () => resolve(''))
    socket.end(message)
  })
}
