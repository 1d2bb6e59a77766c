import { once } from 'node:events'
import net from 'node:net'

const files = new Map([['hello.txt', 'hello, world\n']])

// #region get
const server = net.createServer((accepted) => {
  accepted.on('data', (request) => {
    const [, name = ''] = /^get (.*)$/s.exec(String(request)) ?? []
    const file = files.get(name)
    accepted.write(file === undefined ? `ERR no file "${name}"` : String(file.length))
  })
})
// #endregion
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo

for (const pieces of [['get hello.txt'], ['get hel', 'lo.txt']]) {
  const socket = net.connect(port, '127.0.0.1')
  for (const piece of pieces) {
    socket.write(piece)
    const [answer] = await once(socket, 'data')
    console.log(`"${piece}": ${answer}`)
  }
  socket.destroy()
}
server.close()
