// bug: a connection that fails is left for the clock to notice, so a refusal comes late and under the name ETIMEDOUT
// catalogue: 23
// fails: rejects with ECONNREFUSED when nobody listens
// lesson: When connecting fails
import net from 'node:net'

type Endpoint = { host: string; port: number }
type Limits = { idleMs: number; totalMs: number }

export async function askWithin(to: Endpoint, message: string, limits: Limits): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = net.connect(to)
    const expire = (limit: string) => {
      clearTimeout(idle)
      clearTimeout(total)
      socket.destroy()
      reject(Object.assign(new Error(`${limit} limit passed`), { code: 'ETIMEDOUT' }))
    }
    const idle = setTimeout(expire, limits.idleMs, 'idle')
    const total = setTimeout(expire, limits.totalMs, 'total')
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      idle.refresh()
    })
    socket.on('end', () => {
      clearTimeout(idle)
      clearTimeout(total)
      resolve(Buffer.concat(chunks).toString())
    })
    socket.on('error', (error) => console.error(error.message))
    socket.end(message)
  })
}
