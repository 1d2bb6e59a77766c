import { pbkdf2, pbkdf2Sync } from 'node:crypto'
import { once } from 'node:events'
import net from 'node:net'
import { promisify } from 'node:util'

// #region turns
const hash = promisify(pbkdf2)

const server = net.createServer((accepted) => {
  accepted.on('data', async (way) => {
    console.log(`${way}:`)
    setImmediate(() => console.log('  the next turn: others are served'))
    if (String(way) === 'pbkdf2Sync') pbkdf2Sync('pencil', 'salt', 20_000, 32, 'sha256')
    else await hash('pencil', 'salt', 20_000, 32, 'sha256')
    console.log('  hashed')
    accepted.end()
  })
})
// #endregion
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

for (const way of ['pbkdf2Sync', 'pbkdf2']) {
  const socket = net.connect(port, '127.0.0.1')
  socket.write(way)
  await once(socket.resume(), 'close')
}
server.close()
