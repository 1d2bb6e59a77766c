import { once } from 'node:events'
import net from 'node:net'

const bound = new net.BoundSocket({ host: '127.0.0.1', port: 0 })
const { address, port } = bound.address()
console.log(`bound to ${address}:${port}`)

async function attempt() {
  const client = net.connect(port, address)
  await once(client, 'connect')
  client.destroy()
  return 'connected'
}

console.log('bound:', await attempt().catch((error) => error.code))

const server = net.createServer()
await once(server.listen(bound), 'listening')
console.log('listening:', await attempt())
server.close()
