// bug: the socket was made for IPv4 alone (`udp4`), so it cannot reach an IPv6 address
// catalogue: 33
// fails: asks on IPv6
// lesson: Errors arrive as events
import dgram from 'node:dgram'

type Endpoint = { host: string; port: number }

export async function askTime(to: Endpoint, timeoutMs: number): Promise<number> {
  const socket = dgram.createSocket('udp4')
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
    return reply.readUInt32BE()
  } finally {
    clearTimeout(timer)
    socket.close()
  }
}

function timedOut(ms: number): Error {
  return Object.assign(new Error(`no reply came within ${ms} ms`), { code: 'ETIMEDOUT' })
}
