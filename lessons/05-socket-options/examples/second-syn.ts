// needs linux: other systems count the queue in another way
import { once } from 'node:events'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

// #region wait
const server = net.createServer((accepted) => accepted.resume())
await once(server.listen({ host: '127.0.0.1', port: 0, backlog: 5 }), 'listening')
const { port } = server.address() as net.AddressInfo

const clients = Array.from({ length: 10 }, () => net.connect(port, '127.0.0.1'))
let connected = 0
for (const client of clients) {
  client.on('connect', () => {
    connected += 1
    client.end()
  })
}
const all = Promise.all(clients.map((client) => once(client.resume(), 'close')))

await sleep(500)
console.log('connected within half a second:', connected)
await all
console.log('connected in the end:', connected)
// #endregion
server.close()
