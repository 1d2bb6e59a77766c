// bug: the idle clock is not set back when bytes come, so a server that is slow but never silent is cut off
// catalogue: 28
// fails: waits for a server that drips for longer than idleMs
// lesson: Deadlines
import net from 'node:net'

type Endpoint = { host: string; port: number }
type Limits = { idleMs: number; totalMs: number }

export async function askWithin(to: Endpoint, message: string, limits: Limits): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = net.connect(to)
    const idle = setTimeout(() => socket.destroy(timedOut('idle')), limits.idleMs)
    const total = setTimeout(() => socket.destroy(timedOut('total')), limits.totalMs)
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.on('end', () => {
      resolve(Buffer.concat(chunks).toString())
      socket.destroy()
    })
    socket.on('error', reject)
    socket.on('close', () => {
      clearTimeout(idle)
      clearTimeout(total)
    })
    socket.end(message)
  })
}

function timedOut(limit: string): Error {
  return Object.assign(new Error(`${limit} limit passed`), { code: 'ETIMEDOUT' })
}
