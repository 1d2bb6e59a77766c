// bug: the error does not say which limit passed, so the caller cannot tell a silent server from a slow one
// catalogue: -
// fails: gives up after idleMs on a server that never says a word
// lesson: Deadlines
import net from 'node:net'

type Endpoint = { host: string; port: number }
type Limits = { idleMs: number; totalMs: number }

export async function askWithin(to: Endpoint, message: string, limits: Limits): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = net.connect(to)
    const idle = setTimeout(() => socket.destroy(timedOut('the limit passed')), limits.idleMs)
    const total = setTimeout(() => socket.destroy(timedOut('total limit passed')), limits.totalMs)
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      idle.refresh()
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

function timedOut(message: string): Error {
  return Object.assign(new Error(message), { code: 'ETIMEDOUT' })
}
