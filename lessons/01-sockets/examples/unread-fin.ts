import { once } from 'node:events'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

const server = net.createServer()
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

// #region wait
const client = net.connect(port, '127.0.0.1')
client.end('hello')
const [accepted] = (await once(server, 'connection')) as [net.Socket]

const end = once(accepted, 'end').then(() => 'end')
console.log('nobody reads:', await Promise.race([end, sleep(200, 'no end')]))
accepted.resume()
console.log('resume():', await end)
// #endregion
server.close()
