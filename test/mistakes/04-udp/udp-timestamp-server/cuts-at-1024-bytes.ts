// bug: only the first 1,024 bytes of the datagram were looked at, as a small `recv` buffer does; the rest of a datagram never comes
// catalogue: -
// fails: returns a large datagram whole
// lesson: How large a datagram can be
import dgram from 'node:dgram'
import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }

const LARGEST = 65_507

export async function startUdpTimestampServer(at: Endpoint): Promise<dgram.Socket> {
  const socket = dgram.createSocket(net.isIPv6(at.host) ? 'udp6' : 'udp4')
  socket.on('message', (message, sender) => {
    const data = message.subarray(0, 1024)
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
