// bug: each chunk is decoded by itself, so a character whose bytes come in two chunks turns into � signs
// catalogue: 14
// fails: keeps a character whole whose bytes come in two chunks
// lesson: Reading to the end
import net from 'node:net'

type Endpoint = { host: string; port: number }
type Limits = { idleMs: number; totalMs: number }

export async function askWithin(to: Endpoint, message: string, limits: Limits): Promise<string> {
  return new Promise((resolve, reject) => {
    let reply = ''
    const socket = net.connect(to)
    const idle = setTimeout(() => socket.destroy(timedOut('idle')), limits.idleMs)
    const total = setTimeout(() => socket.destroy(timedOut('total')), limits.totalMs)
    socket.on('data', (chunk: Buffer) => {
      reply += chunk
      idle.refresh()
    })
    socket.on('end', () => resolve(reply))
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
