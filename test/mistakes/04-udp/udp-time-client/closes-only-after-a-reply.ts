// bug: the socket was closed only when a reply came, so each call that fails leaves one open and keeps the program alive
// catalogue: -
// fails: closes its socket, however the call ends
// lesson: Waiting for what may not come
import dgram from 'node:dgram'
import net from 'node:net'

type Endpoint = { host: string; port: number }

export async function askTime(to: Endpoint, timeoutMs: number): Promise<number> {
  const socket = dgram.createSocket(net.isIPv6(to.host) ? 'udp6' : 'udp4')
  let timer: NodeJS.Timeout | undefined
  try {
    const reply = await new Promise<Buffer>((resolve, reject) => {
      timer = setTimeout(() => reject(timedOut(timeoutMs)), timeoutMs)
      socket.once('message', (data) => {
        socket.close()
        resolve(data)
      })
      socket.on('error', reject)
      socket.on('connect', () => socket.send(''))
      socket.connect(to.port, to.host)
    })
    if (reply.length !== 4) throw new Error(`a time has 4 bytes, the reply has ${reply.length}`)
    return reply.readUInt32BE()
  } finally {
    clearTimeout(timer)
  }
}

function timedOut(ms: number): Error {
  return Object.assign(new Error(`no reply came within ${ms} ms`), { code: 'ETIMEDOUT' })
}
