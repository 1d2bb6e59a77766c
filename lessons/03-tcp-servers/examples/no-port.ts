import { once } from 'node:events'
import net from 'node:net'

// #region listen
const server = net.createServer((accepted) => accepted.end('hello'))
await once(server.listen(), 'listening')
const { port } = server.address() as net.AddressInfo
console.log(`no port given, and listening at port ${port}`)

const [greeting] = await once(net.connect(port), 'data')
console.log(`${greeting}`)
server.close()
// #endregion
