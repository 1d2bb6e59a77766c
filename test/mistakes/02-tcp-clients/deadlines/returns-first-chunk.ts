// bug: the first chunk is taken for the whole reply; TCP may deliver a reply in any number of chunks, and only FIN ends it
// catalogue: 1
// fails: returns the whole reply of a server that answers in time
// lesson: Reading to the end
import net from 'node:net'

type Endpoint = { host: string; port: number }
type Limits = { idleMs: number; totalMs: number }

export async function askWithin(to: Endpoint, message: string, limits: Limits): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(to)
    const idle = setTimeout(() => socket.destroy(timedOut('idle')), limits.idleMs)
    const total = setTimeout(() => socket.destroy(timedOut('total')), limits.totalMs)
    socket.on('data', (chunk: Buffer) => {
      idle.refresh()
      resolve(chunk.toString())
    })
    socket.on('end', () => resolve(''))
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
