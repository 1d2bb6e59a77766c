// bug: the bytes were read as a signed number, so times after January 2038 come out negative
// catalogue: 7
// fails: reads the four bytes as unsigned, as for a time after 2038
// lesson: Numbers in network byte order
import dgram from 'node:dgram'
import net from 'node:net'

type Endpoint = { host: string; port: number }

export async function askTime(to: Endpoint, timeoutMs: number): Promise<number> {
  const socket = dgram.createSocket(net.isIPv6(to.host) ? 'udp6' : 'udp4')
  let timer: NodeJS.Timeout | undefined
  try {
    const reply = await new Promise<Buffer>((resolve, reject) => {
      timer = setTimeout(() => reject(timedOut(timeoutMs)), timeoutMs)
      socket.once('message', resolve)
      socket.on('error', reject)
      socket.on('connect', () => socket.send(''))
      socket.connect(to.port, to.host)
    })
    if (reply.length !== 4) throw new Error(`a time has 4 bytes, the reply has ${reply.length}`)
    return reply.readInt32BE()
  } finally {
    clearTimeout(timer)
    socket.close()
  }
}

function timedOut(ms: number): Error {
  return Object.assign(new Error(`no reply came within ${ms} ms`), { code: 'ETIMEDOUT' })
}
