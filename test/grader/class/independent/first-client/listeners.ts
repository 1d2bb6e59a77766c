import net from 'node:net'

type Endpoint = { host: string; port: number }

export async function ask(to: Endpoint, message: string): Promise<string> {
  const socket = net.connect({ host: to.host, port: to.port })
  const parts: Buffer[] = []
  return await new Promise((resolve, reject) => {
    socket.on('connect', () => socket.end(message))
    socket.on('data', (data: Buffer) => {
      parts.push(data)
    })
    socket.on('end', () => {
      resolve(Buffer.concat(parts).toString('utf-8'))
    })
    socket.on('error', (error) => reject(error))
  })
}

if (import.meta.main) {
  const [host = '127.0.0.1', port = '4000', message = 'hello'] = process.argv.slice(2)
  console.log(await ask({ host, port: Number(port) }, message))
}
