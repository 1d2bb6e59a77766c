import { once } from 'node:events'
import net from 'node:net'

// #region server
const server = net.createServer({ allowHalfOpen: true }, (accepted) => {
  // While it lasts: a closed socket has forgotten its names.
  const client = `${accepted.remoteAddress}:${accepted.remotePort}`
  let isAnswered = false
  const answer = (message: Buffer) => {
    if (isAnswered) return
    isAnswered = true
    console.log(`${client} said ${message.length} bytes`)
    accepted.end('ok')
  }
  accepted.on('data', answer)
  accepted.on('end', () => answer(Buffer.alloc(0)))
  accepted.on('error', (error) => console.error(client, error.message))
})
// #endregion

await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as net.AddressInfo
for (const message of ['hello', '']) {
  const socket = net.connect(port, '127.0.0.1')
  if (message) socket.write(message)
  else socket.end()
  const reply = (await socket.toArray()).join('')
  console.log(`after ${JSON.stringify(message)} came ${reply}`)
}
server.close()
