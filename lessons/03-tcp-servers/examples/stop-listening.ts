import { once } from 'node:events'
import net from 'node:net'

const server = net.createServer()
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

// #region two
const first = net.connect(port, '127.0.0.1')
const [accepted] = (await once(server, 'connection')) as [net.Socket]
accepted.pipe(accepted)
server.close()

const second = net.connect(port, '127.0.0.1')
second.on('error', (error: NodeJS.ErrnoException) => console.log('second:', error.code))
await new Promise((resolve) => second.on('close', resolve))

first.write('still here')
const [echo] = await once(first, 'data')
console.log(`first: ${echo}`)
// #endregion
first.end()
