import { once } from 'node:events'
import net from 'node:net'

const server = net.createServer((accepted) => {
  accepted.on('error', () => accepted.destroy())
  accepted.on('data', (question) => {
    accepted.write(String(question) === 'time?' ? 'half past nine' : 'Anna')
  })
})
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo
const socket = net.connect(port, '127.0.0.1')

// #region recv
/** Python's recv(n): what there is by now, n bytes at most, as soon as there is anything. */
async function recv(n: number): Promise<string> {
  while (socket.readableLength === 0) await once(socket, 'readable')
  return String(socket.read(Math.min(n, socket.readableLength)))
}

for (const question of ['time?', 'name?']) {
  socket.write(question)
  console.log(question, JSON.stringify(await recv(9)))
}
// #endregion
socket.destroy()
server.close()
