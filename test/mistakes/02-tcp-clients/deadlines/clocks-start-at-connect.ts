// bug: the clocks start only when the connection is made, so a connection that is never made is waited for without limit
// catalogue: 37
// fails: gives up on a connection that is never made
// lesson: Deadlines
import net from 'node:net'

type Endpoint = { host: string; port: number }
type Limits = { idleMs: number; totalMs: number }

export async function askWithin(to: Endpoint, message: string, limits: Limits): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let idle: NodeJS.Timeout | undefined
    let total: NodeJS.Timeout | undefined
    const socket = net.connect(to, () => {
      idle = setTimeout(() => socket.destroy(timedOut('idle')), limits.idleMs)
      total = setTimeout(() => socket.destroy(timedOut('total')), limits.totalMs)
      socket.end(message)
    })
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      idle?.refresh()
    })
    socket.on('end', () => {
      resolve(Buffer.concat(chunks).toString())
      socket.destroy()
    })
    socket.on('error', reject)
    socket.on('close', () => {
      clearTimeout(idle)
      clearTimeout(total)
    })
  })
}

function timedOut(limit: string): Error {
  return Object.assign(new Error(`${limit} limit passed`), { code: 'ETIMEDOUT' })
}
