// bug: the idle clock starts at the first byte instead of at the call, so a server that never says a word never trips it
// catalogue: 37
// fails: gives up after idleMs on a server that never says a word
// lesson: Deadlines
import net from 'node:net'

type Endpoint = { host: string; port: number }
type Limits = { idleMs: number; totalMs: number }

export async function askWithin(to: Endpoint, message: string, limits: Limits): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = net.connect(to)
    let idle: NodeJS.Timeout | undefined
    const total = setTimeout(() => socket.destroy(timedOut('total')), limits.totalMs)
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      clearTimeout(idle)
      idle = setTimeout(() => socket.destroy(timedOut('idle')), limits.idleMs)
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
    socket.end(message)
  })
}

function timedOut(limit: string): Error {
  return Object.assign(new Error(`${limit} limit passed`), { code: 'ETIMEDOUT' })
}
