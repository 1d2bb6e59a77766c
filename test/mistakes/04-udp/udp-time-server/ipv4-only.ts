// bug: the socket was made for IPv4 alone (`udp4`), so it cannot be bound to an IPv6 address
// catalogue: 33
// fails: answers on IPv6
// lesson: Errors arrive as events
import dgram from 'node:dgram'
import { once } from 'node:events'

type Endpoint = { host: string; port: number }

export async function startTimeServer(at: Endpoint): Promise<dgram.Socket> {
  const socket = dgram.createSocket('udp4')
  socket.on('message', (_question, asker) => {
    const reply = Buffer.alloc(4)
    reply.writeUInt32BE(Math.floor(Date.now() / 1000))
    socket.send(reply, asker.port, asker.address, report)
  })
  try {
    socket.bind(at.port, at.host)
    await once(socket, 'listening')
  } catch (error) {
    socket.close()
    throw error
  }
  socket.on('error', report)
  return socket
}

function report(error: Error | null) {
  if (error) console.error(`one datagram went wrong: ${error.message}`)
}
