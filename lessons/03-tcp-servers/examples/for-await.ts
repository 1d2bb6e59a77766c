import { once } from 'node:events'
import net from 'node:net'

// #region ask
async function ask(chunksOf: (socket: net.Socket) => AsyncIterable<Buffer>): Promise<string> {
  const server = net.createServer({ allowHalfOpen: true }, async (accepted) => {
    let length = 0
    for await (const chunk of chunksOf(accepted)) length += chunk.length
    accepted.end(`${length} bytes`)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as net.AddressInfo
  const socket = net.connect(port, '127.0.0.1')
  socket.end('hello')
  const reply = (await socket.toArray()).join('')
  server.close()
  return reply || 'nothing'
}

console.log('for await:', await ask((socket) => socket))
const kept = await ask((socket) => socket.iterator({ destroyOnReturn: false }))
console.log('destroyOnReturn: false:', kept)
// #endregion
