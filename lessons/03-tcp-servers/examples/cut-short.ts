import { once } from 'node:events'
import net from 'node:net'

const reply = Buffer.alloc(20_000_000, 'x')

// #region slow
async function received(leave: (accepted: net.Socket) => void): Promise<number> {
  const server = net.createServer((accepted) => {
    accepted.write(reply)
    leave(accepted)
    server.close()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as net.AddressInfo
  const socket = net.connect(port, '127.0.0.1')
  // A slow client: it begins to read when the server has done what it does.
  await once(server, 'connection')
  let length = 0
  for await (const chunk of socket) length += chunk.length
  return length
}

const isWhole = (length: number) => length === reply.length
console.log('destroy() sent all:', isWhole(await received((accepted) => accepted.destroy())))
console.log('end() sent all:', isWhole(await received((accepted) => accepted.end())))
// #endregion
