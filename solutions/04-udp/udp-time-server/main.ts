import dgram from 'node:dgram'
import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }

/**
 * Starts a UDP server that answers each datagram, an empty one too, with the Unix time: whole
 * seconds, rounded down, in 4 bytes, unsigned, big-endian. Resolves with the socket once it is
 * bound; rejects with the system's error (`code`, such as EADDRINUSE) when it cannot be.
 */
export async function startTimeServer(at: Endpoint): Promise<dgram.Socket> {
  const socket = dgram.createSocket(net.isIPv6(at.host) ? 'udp6' : 'udp4')
  socket.on('message', (_question, asker) => {
    const reply = Buffer.alloc(4)
    reply.writeUInt32BE(Math.floor(Date.now() / 1000))
    socket.send(reply, asker.port, asker.address, report)
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
  await startTimeServer({ host: '127.0.0.1', port })
  console.log(`listening on 127.0.0.1:${port}`)
}
