// bug: the promise is rejected but the socket is not destroyed; neither the `timeout` event nor a lost Promise.race closes anything
// catalogue: 27
// fails: drops the connection when it gives up
// lesson: Every path closes the socket
import net from 'node:net'

type Endpoint = { host: string; port: number }
type Limits = { idleMs: number; totalMs: number }

export async function askWithin(to: Endpoint, message: string, limits: Limits): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = net.connect(to)
    const expire = (limit: string) => {
      clearTimeout(total)
      reject(Object.assign(new Error(`${limit} limit passed`), { code: 'ETIMEDOUT' }))
    }
    const total = setTimeout(expire, limits.totalMs, 'total')
    socket.setTimeout(limits.idleMs)
    socket.on('timeout', () => expire('idle'))
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.on('end', () => {
      resolve(Buffer.concat(chunks).toString())
      socket.destroy()
    })
    socket.on('error', reject)
    socket.on('close', () => clearTimeout(total))
    socket.end(message)
  })
}
