import net from 'node:net'

type Endpoint = { host: string; port: number }

/**
 * Sends `message` (UTF-8) to a server, half-closes, and resolves with all the text that comes back
 * before the server's FIN. Rejects with the system's error when it cannot connect or is cut off.
 */
export function ask(to: Endpoint, message: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(to)
    const chunks: Buffer[] = []
    socket.on('error', reject)
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    // Decoding waits for the end: a character may lie in two chunks.
    socket.on('end', () => resolve(Buffer.concat(chunks).toString()))
    socket.end(message)
  })
}

if (import.meta.main) {
  const [host = '127.0.0.1', port = '4000', message = 'hello'] = process.argv.slice(2)
  console.log(await ask({ host, port: Number(port) }, message))
}
