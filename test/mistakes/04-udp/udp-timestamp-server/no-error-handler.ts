// bug: nothing listens for the socket's `error`, so a taken port ends the whole program instead of rejecting
// catalogue: 22
// fails: takes any free port for port 0, and rejects with EADDRINUSE where one is taken
// lesson: Errors arrive as events
import dgram from 'node:dgram'
import net from 'node:net'

type Endpoint = { host: string; port: number }

const LARGEST = 65_507

export async function startUdpTimestampServer(at: Endpoint): Promise<dgram.Socket> {
  const socket = dgram.createSocket(net.isIPv6(at.host) ? 'udp6' : 'udp4')
  socket.on('message', (data, sender) => {
    const reply = Buffer.concat([Buffer.from(`[${new Date().toISOString()}] `), data])
    if (reply.length <= LARGEST) socket.send(reply, sender.port, sender.address, report)
  })
  return new Promise((resolve) => {
    socket.bind(at.port, at.host, () => resolve(socket))
  })
}

function report(error: Error | null) {
  if (error) console.error(`one datagram went wrong: ${error.message}`)
}
