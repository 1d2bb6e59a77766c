// bug: the total clock is never cleared, so a program whose reply came long ago stays alive until totalMs is over
// catalogue: -
// fails: leaves no timer behind, whether the reply came or not
// lesson: Every path closes the socket
import net from 'node:net'

type Endpoint = { host: string; port: number }
type Limits = { idleMs: number; totalMs: number }

export async function askWithin(to: Endpoint, message: string, limits: Limits): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = net.connect(to)
    setTimeout(() => socket.destroy(timedOut('total')), limits.totalMs)
    socket.setTimeout(limits.idleMs, () => socket.destroy(timedOut('idle')))
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.on('end', () => {
      resolve(Buffer.concat(chunks).toString())
      socket.destroy()
    })
    socket.on('error', reject)
    socket.end(message)
  })
}

function timedOut(limit: string): Error {
  return Object.assign(new Error(`${limit} limit passed`), { code: 'ETIMEDOUT' })
}
