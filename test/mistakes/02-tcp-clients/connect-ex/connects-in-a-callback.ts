// bug: `net.connect` throws a RangeError for a bad port; in a callback nobody catches it, the promise learns nothing, and the whole program ends
// catalogue: -
// fails: rejects with RangeError for a port that cannot be
// lesson: When connecting fails
import dns from 'node:dns'
import net from 'node:net'
import os from 'node:os'

type Endpoint = { host: string; port: number }

const numbers: Record<string, number> = os.constants.errno

export function connectEx(to: Endpoint): Promise<number> {
  return new Promise((resolve, reject) => {
    dns.lookup(to.host, (lookupError, address) => {
      if (lookupError) return reject(lookupError)
      const socket = net.connect(to.port, address)
      socket.on('connect', () => {
        resolve(0)
        socket.end(() => socket.destroy())
      })
      socket.on('error', (error: NodeJS.ErrnoException) => {
        const number = numbers[error.code ?? '']
        if (number === undefined) reject(error)
        else resolve(number)
      })
    })
  })
}
