// bug: the answer was made once, when the server started, so every question gets the same old time
// catalogue: -
// fails: takes the time when it is asked
// lesson: Answering whoever asked
import dgram from 'node:dgram'
import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }

export async function startTimeServer(at: Endpoint): Promise<dgram.Socket> {
  const socket = dgram.createSocket(net.isIPv6(at.host) ? 'udp6' : 'udp4')
  const reply = Buffer.alloc(4)
  reply.writeUInt32BE(Math.floor(Date.now() / 1000))
  socket.on('message', (_question, asker) => {
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
