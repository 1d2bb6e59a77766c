import { once } from 'node:events'
import { connect } from 'node:net'

type Endpoint = { host: string; port: number }

export async function ask(to: Endpoint, message: string): Promise<string> {
  const socket = connect(to.port, to.host)
  await once(socket, 'connect')
  socket.end(message, 'utf8')
  const received: Buffer[] = []
  for await (const part of socket) received.push(part)
  return Buffer.concat(received).toString('utf8')
}

if (import.meta.main) {
  const [host = '127.0.0.1', port = '4000', message = 'hello'] = process.argv.slice(2)
  console.log(await ask({ host, port: Number(port) }, message))
}
