// bug: every call had the same id, so a late reply to an earlier call passes for the reply to this one
// catalogue: -
// fails: ignores a late reply to an earlier call
// lesson: Loss, repetition, reordering
import dgram from 'node:dgram'
import net from 'node:net'

type Endpoint = { host: string; port: number }
type Options = { timeoutMs: number; tries: number }

export async function reliableAsk(
  to: Endpoint,
  payload: Uint8Array,
  { timeoutMs, tries }: Options,
): Promise<Uint8Array> {
  const id = Buffer.alloc(4)
  id.writeUInt32BE(1)
  const request = Buffer.concat([id, payload])
  const socket = dgram.createSocket(net.isIPv6(to.host) ? 'udp6' : 'udp4')
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
