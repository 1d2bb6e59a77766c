// bug: the sender was known by its port alone; another machine can send from the same port
// catalogue: 38
// fails: ignores a datagram from another address
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
      socket.on('message', (data, sender) => {
        if (sender.port === to.port) resolve(data)
      })
      socket.on('error', reject)
      socket.send('', to.port, to.host)
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
