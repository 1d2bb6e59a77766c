// bug: the address of the first sender was kept and every answer went there; each datagram brings an address of its own
// catalogue: -
// fails: answers each sender at its own address and port
// lesson: Answering whoever asked
import dgram from 'node:dgram'
import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }

const LARGEST = 65_507

export async function startUdpTimestampServer(at: Endpoint): Promise<dgram.Socket> {
  const socket = dgram.createSocket(net.isIPv6(at.host) ? 'udp6' : 'udp4')
  let first: dgram.RemoteInfo | undefined
  socket.on('message', (data, sender) => {
    first ??= sender
    const reply = Buffer.concat([Buffer.from(`[${new Date().toISOString()}] `), data])
    if (reply.length <= LARGEST) socket.send(reply, first.port, first.address, report)
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
