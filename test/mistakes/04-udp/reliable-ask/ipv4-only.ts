// bug: the socket was made for IPv4 alone (`udp4`), so it cannot reach an IPv6 address
// catalogue: 33
// fails: asks on IPv6
// lesson: Errors arrive as events
import dgram from 'node:dgram'

type Endpoint = { host: string; port: number }
type Options = { timeoutMs: number; tries: number }

let lastId = 0

export async function reliableAsk(
  to: Endpoint,
  payload: Uint8Array,
  { timeoutMs, tries }: Options,
): Promise<Uint8Array> {
  lastId = (lastId + 1) % 2 ** 32
  const id = Buffer.alloc(4)
  id.writeUInt32BE(lastId)
  const request = Buffer.concat([id, payload])
  const socket = dgram.createSocket('udp4')
  let timer: NodeJS.Timeout | undefined
  try {
    return await new Promise<Uint8Array>((resolve, reject) => {
      let sent = 0
      const sendOrGiveUp = () => {
        if (sent === tries) return reject(timedOut(tries, timeoutMs))
        sent += 1
        socket.send(request, onError)
        timer = setTimeout(sendOrGiveUp, timeoutMs)
      }
      const onError = (error: NodeJS.ErrnoException | null) => {
        if (error && error.code !== 'ECONNREFUSED') reject(error)
      }
      socket.on('error', onError)
      socket.on('message', (reply) => {
        if (reply.length >= 4 && reply.subarray(0, 4).equals(id)) resolve(reply.subarray(4))
      })
      socket.on('connect', sendOrGiveUp)
      socket.connect(to.port, to.host)
    })
  } finally {
    clearTimeout(timer)
    socket.close()
  }
}

function timedOut(tries: number, ms: number): Error {
  const message = `no reply to ${tries} datagrams, each waited for ${ms} ms`
  return Object.assign(new Error(message), { code: 'ETIMEDOUT' })
}
