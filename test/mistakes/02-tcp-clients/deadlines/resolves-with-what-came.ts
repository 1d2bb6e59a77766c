// bug: when the idle clock runs out, what came so far is returned as if it were the whole reply; the caller cannot tell half a reply from a whole one
// catalogue: -
// fails: gives up after idleMs on a server that falls silent in mid-reply
// lesson: Deadlines
import net from 'node:net'

type Endpoint = { host: string; port: number }
type Limits = { idleMs: number; totalMs: number }

export async function askWithin(to: Endpoint, message: string, limits: Limits): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = net.connect(to)
    const finish = () => resolve(Buffer.concat(chunks).toString())
    const idle = setTimeout(() => {
      finish()
      socket.destroy()
    }, limits.idleMs)
    const total = setTimeout(() => {
      socket.destroy(Object.assign(new Error('total limit passed'), { code: 'ETIMEDOUT' }))
    }, limits.totalMs)
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      idle.refresh()
    })
    socket.on('end', finish)
    socket.on('error', reject)
    socket.on('close', () => {
      clearTimeout(idle)
      clearTimeout(total)
    })
    socket.end(message)
  })
}
