// bug: an answer that was too long was cut to what fits; half an answer looks like a whole one to whoever gets it
// catalogue: -
// fails: gives no answer that would be too long, and goes on
// lesson: How large a datagram can be
import dgram from 'node:dgram'
import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }

const LARGEST = 65_507

export async function startUdpTimestampServer(at: Endpoint): Promise<dgram.Socket> {
  const socket = dgram.createSocket(net.isIPv6(at.host) ? 'udp6' : 'udp4')
  socket.on('message', (data, sender) => {
    const reply = Buffer.concat([Buffer.from(`[${new Date().toISOString()}] `), data])
    socket.send(reply.subarray(0, LARGEST), sender.port, sender.address, report)
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
