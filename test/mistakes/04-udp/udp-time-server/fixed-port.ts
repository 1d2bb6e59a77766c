// bug: the port was fixed in the program instead of taken from `at`, so a second server finds it taken
// catalogue: 32
// fails: takes any free port for port 0
// lesson: Two servers on one port
import dgram from 'node:dgram'
import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }

export async function startTimeServer(at: Endpoint): Promise<dgram.Socket> {
  const socket = dgram.createSocket(net.isIPv6(at.host) ? 'udp6' : 'udp4')
  socket.on('message', (_question, asker) => {
    const reply = Buffer.alloc(4)
    reply.writeUInt32BE(Math.floor(Date.now() / 1000))
    socket.send(reply, asker.port, asker.address, report)
  })
  try {
    socket.bind(12_345, at.host)
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
