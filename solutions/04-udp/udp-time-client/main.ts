import dgram from 'node:dgram'
import net from 'node:net'

type Endpoint = { host: string; port: number }

/**
 * Asks a UDP time server with one empty datagram and resolves with the Unix time in seconds that it
 * answers: 4 bytes, unsigned, big-endian. Only `to` can answer; what others send is ignored.
 *
 * Rejects with an error that names the length when the reply is not 4 bytes long, with `code:
 * 'ETIMEDOUT'` when no reply came within `timeoutMs` milliseconds of the call, and with the
 * system's error (ECONNREFUSED) at once when nobody listens there. The socket is closed on every path.
 */
export async function askTime(to: Endpoint, timeoutMs: number): Promise<number> {
  const socket = dgram.createSocket(net.isIPv6(to.host) ? 'udp6' : 'udp4')
  let timer: NodeJS.Timeout | undefined
  try {
    const reply = await new Promise<Buffer>((resolve, reject) => {
      timer = setTimeout(() => reject(timedOut(timeoutMs)), timeoutMs)
      socket.once('message', resolve)
      socket.on('error', reject)
      // Connected, the kernel keeps strangers' datagrams away and tells of a closed port.
      socket.on('connect', () => socket.send(''))
      socket.connect(to.port, to.host)
    })
    if (reply.length !== 4) throw new Error(`a time has 4 bytes, the reply has ${reply.length}`)
    return reply.readUInt32BE()
  } finally {
    clearTimeout(timer)
    socket.close()
  }
}

function timedOut(ms: number): Error {
  return Object.assign(new Error(`no reply came within ${ms} ms`), { code: 'ETIMEDOUT' })
}

if (import.meta.main) {
  const [host = '127.0.0.1', port = '4000'] = process.argv.slice(2)
  const seconds = await askTime({ host, port: Number(port) }, 3_000)
  console.log(new Date(seconds * 1000).toString())
}
