// bug: `close` was taken for a good end; it comes after an error too, so half an answer passed for a whole one
// catalogue: -
// fails: rejects with ECONNRESET when the server resets the connection
// lesson: When connecting fails
import net from 'node:net'

type Endpoint = { host: string; port: number }

export function ask(to: Endpoint, message: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(to)
    const chunks: Buffer[] = []
    let isConnected = false
    socket.on('connect', () => {
      isConnected = true
    })
    socket.on('error', (error) => {
      if (!isConnected) reject(error)
    })
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.on('close', () => resolve(Buffer.concat(chunks).toString()))
    socket.end(message)
  })
}
