// bug: an empty datagram was taken for nothing; it is a datagram like any other, and whoever sent it waits for the answer
// catalogue: 36
// fails: answers an empty datagram
// lesson: Datagrams, not a stream
import dgram from 'node:dgram'
import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }

export async function startTimeServer(at: Endpoint): Promise<dgram.Socket> {
  const socket = dgram.createSocket(net.isIPv6(at.host) ? 'udp6' : 'udp4')
  socket.on('message', (question, asker) => {
    if (question.length === 0) return
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
