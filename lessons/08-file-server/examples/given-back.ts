import { once } from 'node:events'
import net from 'node:net'
import { finished } from 'node:stream/promises'

const server = net.createServer()
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

// #region back
let announced = 0

async function careless(socket: net.Socket) {
  announced += 60
  await finished(socket.resume())
  announced -= 60
}

async function careful(socket: net.Socket) {
  announced += 60
  try {
    await finished(socket.resume())
  } finally {
    announced -= 60
  }
}
// #endregion

// #region cut
for (const receive of [careless, careful]) {
  announced = 0
  const client = net.connect(port, '127.0.0.1')
  const [[accepted]] = await Promise.all([once(server, 'connection'), once(client, 'connect')])
  const received = receive(accepted).catch((error) => error.message)
  client.resetAndDestroy()
  console.log(`${receive.name}: ${await received}, still announced: ${announced}`)
}
// #endregion
server.close()
