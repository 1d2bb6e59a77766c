// bug: nothing listens for the socket's `error`, so a taken port ends the whole program instead of rejecting
// catalogue: 22
// fails: rejects with EADDRINUSE when the port is taken
// lesson: Errors arrive as events
import dgram from 'node:dgram'
import net from 'node:net'

type Endpoint = { host: string; port: number }

export async function startTimeServer(at: Endpoint): Promise<dgram.Socket> {
  const socket = dgram.createSocket(net.isIPv6(at.host) ? 'udp6' : 'udp4')
  socket.on('message', (_question, asker) => {
    const reply = Buffer.alloc(4)
    reply.writeUInt32BE(Math.floor(Date.now() / 1000))
    socket.send(reply, asker.port, asker.address, report)
  })
  return new Promise((resolve) => {
    socket.bind(at.port, at.host, () => resolve(socket))
  })
}

function report(error: Error | null) {
  if (error) console.error(`one datagram went wrong: ${error.message}`)
}
