// bug: `reuseAddr` lets a second server bind the same port in silence, and one of the two gets no questions
// catalogue: -
// fails: refuses to share its port with a second server
// lesson: Two servers on one port
import dgram from 'node:dgram'
import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }

export async function startTimeServer(at: Endpoint): Promise<dgram.Socket> {
  const socket = dgram.createSocket({
    type: net.isIPv6(at.host) ? 'udp6' : 'udp4',
    reuseAddr: true,
  })
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
