import dgram from 'node:dgram'
import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }

/** What fits into one datagram, in bytes: 65,535 less the headers of IPv4 (20) and UDP (8). */
const LARGEST = 65_507

/**
 * Starts a UDP server that answers each datagram with `[TIME] ` and the datagram's own bytes. TIME
 * is the moment at which it came, ISO 8601 in UTC with milliseconds. A datagram whose answer would
 * be longer than 65,507 bytes gets none. Resolves with the socket once it is bound; rejects with
 * the system's error (`code`, such as EADDRINUSE) when it cannot be.
 */
export async function startUdpTimestampServer(at: Endpoint): Promise<dgram.Socket> {
  const socket = dgram.createSocket(net.isIPv6(at.host) ? 'udp6' : 'udp4')
  socket.on('message', (data, sender) => {
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
  // From here on an error concerns one datagram: the server goes on.
  socket.on('error', report)
  return socket
}

function report(error: Error | null) {
  if (error) console.error(`one datagram went wrong: ${error.message}`)
}

if (import.meta.main) {
  const port = Number(process.argv[2] ?? 4000)
  await startUdpTimestampServer({ host: '127.0.0.1', port })
  console.log(`listening on 127.0.0.1:${port}`)
}
