// bug: the answer was too long to be sent, and the error that `send` reports was thrown: one datagram ended the whole server
// catalogue: -
// fails: gives no answer that would be too long, and goes on
// lesson: How large a datagram can be
import dgram from 'node:dgram'
import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }

export async function startUdpTimestampServer(at: Endpoint): Promise<dgram.Socket> {
  const socket = dgram.createSocket(net.isIPv6(at.host) ? 'udp6' : 'udp4')
  socket.on('message', (data, sender) => {
    const reply = Buffer.concat([Buffer.from(`[${new Date().toISOString()}] `), data])
    socket.send(reply, sender.port, sender.address, (error) => {
      if (error) throw error
    })
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
