// bug: the socket was made for IPv4 alone (`udp4`), so it cannot be bound to an IPv6 address
// catalogue: 33
// fails: answers on IPv6
// lesson: Errors arrive as events
import dgram from 'node:dgram'
import { once } from 'node:events'

type Endpoint = { host: string; port: number }

const LARGEST = 65_507

export async function startUdpTimestampServer(at: Endpoint): Promise<dgram.Socket> {
  const socket = dgram.createSocket('udp4')
  socket.on('message', (data, sender) => {
    const reply = Buffer.concat([Buffer.from(`[${new Date().toISOString()}] `), data])
    if (reply.length <= LARGEST) socket.send(reply, sender.port, sender.address, report)
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
