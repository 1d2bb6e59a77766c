// bug: nothing ends the wait for a reply that never comes; with UDP, no answer is one of the answers
// catalogue: 37
// fails: gives up with ETIMEDOUT when no reply comes
// lesson: Waiting for what may not come
import dgram from 'node:dgram'
import net from 'node:net'

type Endpoint = { host: string; port: number }

export async function askTime(to: Endpoint, _timeoutMs: number): Promise<number> {
  const socket = dgram.createSocket(net.isIPv6(to.host) ? 'udp6' : 'udp4')
  try {
    const reply = await new Promise<Buffer>((resolve, reject) => {
      socket.once('message', resolve)
      socket.on('error', reject)
      socket.on('connect', () => socket.send(''))
      socket.connect(to.port, to.host)
    })
    if (reply.length !== 4) throw new Error(`a time has 4 bytes, the reply has ${reply.length}`)
    return reply.readUInt32BE()
  } finally {
    socket.close()
  }
}
