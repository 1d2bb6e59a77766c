import { randomInt } from 'node:crypto'
import dgram from 'node:dgram'
import net from 'node:net'

type Endpoint = { host: string; port: number }
type Options = { timeoutMs: number; tries: number }

/** Begins at random, so that a reply to a call of an earlier run of the program fits no call of this. */
let lastId = randomInt(2 ** 32)

/**
 * Asks a UDP server and resolves with what it answers. A datagram is a 4-byte big-endian id, then
 * the payload; the reply to a request bears its id. Without a reply for `timeoutMs` milliseconds
 * the same datagram goes out again, `tries` times in all. Other datagrams are ignored, and a port
 * where nobody listens counts as loss.
 *
 * Rejects with `code: 'ETIMEDOUT'` when the last send got no reply for `timeoutMs` either, and with
 * the system's error when nothing can be sent. The socket is closed on every path.
 */
export async function reliableAsk(
  to: Endpoint,
  payload: Uint8Array,
  { timeoutMs, tries }: Options,
): Promise<Uint8Array> {
  lastId = (lastId + 1) % 2 ** 32
  const id = Buffer.alloc(4)
  id.writeUInt32BE(lastId)
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
      // A port where nobody listens now: somebody may when the next try gets there.
      const onError = (error: NodeJS.ErrnoException | null) => {
        if (error && error.code !== 'ECONNREFUSED') reject(error)
      }
      socket.on('error', onError)
      socket.on('message', (reply) => {
        if (reply.length >= 4 && reply.subarray(0, 4).equals(id)) resolve(reply.subarray(4))
      })
      // Connected, the kernel hands on nothing but what `to` sends.
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

if (import.meta.main) {
  const [host = '127.0.0.1', port = '4000', message = 'hello'] = process.argv.slice(2)
  const options = { timeoutMs: 1_000, tries: 5 }
  const reply = await reliableAsk({ host, port: Number(port) }, Buffer.from(message), options)
  console.log(Buffer.from(reply).toString())
}
