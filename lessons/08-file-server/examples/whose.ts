import { once } from 'node:events'
import net from 'node:net'

// #region whose
let ofServer = 0
const ofUser = new Map<string, number>()

const server = net.createServer((accepted) => {
  let ofConnection = 0
  accepted.on('data', (name) => {
    const user = String(name)
    ofServer += 1
    ofUser.set(user, (ofUser.get(user) ?? 0) + 1)
    ofConnection += 1
    accepted.end(`connection ${ofConnection}, user ${ofUser.get(user)}, server ${ofServer}`)
  })
})
// #endregion
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

for (const name of ['anna', 'anna', 'bert']) {
  const socket = net.connect(port, '127.0.0.1')
  socket.write(name)
  console.log(`${name}:`, (await socket.toArray()).join(''))
}
server.close()
