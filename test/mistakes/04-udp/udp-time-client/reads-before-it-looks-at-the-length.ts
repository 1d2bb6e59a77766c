// bug: the number was read before the length was looked at; a short reply then fails with an error about offsets, and a long one passes
// catalogue: 4
// fails: rejects a reply of fewer than 4 bytes, and names its length
// lesson: Who sent this
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
    return reply.readUInt32BE()
  } finally {
    clearTimeout(timer)
    socket.close()
  }
}

function timedOut(ms: number): Error {
  return Object.assign(new Error(`no reply came within ${ms} ms`), { code: 'ETIMEDOUT' })
}
