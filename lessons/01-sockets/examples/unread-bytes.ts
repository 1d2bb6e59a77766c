import { once } from 'node:events'
import net from 'node:net'

// pauseOnConnect: what the client sends stays in the kernel until somebody reads it.
const server = net.createServer({ pauseOnConnect: true })
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

// #region leave
async function visit(title: string, leave: (accepted: net.Socket) => void) {
  const client = net.connect(port, '127.0.0.1')
  client.on('end', () => console.log(`${title}: FIN`))
  client.on('error', (error: NodeJS.ErrnoException) => console.log(`${title}: ${error.code}`))
  const [accepted] = (await once(server, 'connection')) as [net.Socket]
  client.write('hello', () => leave(accepted))
  await new Promise((resolve) => client.resume().on('close', resolve))
}

await visit('destroyed', (accepted) => accepted.destroy())
await visit('read and ended', (accepted) => accepted.once('data', () => accepted.end()).resume())
// #endregion
server.close()
