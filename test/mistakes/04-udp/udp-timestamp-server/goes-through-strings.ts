// bug: the bytes were turned into a string and back; what is not UTF-8 does not survive that
// catalogue: 16
// fails: returns every byte, text or not
// lesson: Datagrams, not a stream
import dgram from 'node:dgram'
import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }

const LARGEST = 65_507

export async function startUdpTimestampServer(at: Endpoint): Promise<dgram.Socket> {
  const socket = dgram.createSocket(net.isIPv6(at.host) ? 'udp6' : 'udp4')
  socket.on('message', (data, sender) => {
    const reply = Buffer.from(`[${new Date().toISOString()}] ${data}`)
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
