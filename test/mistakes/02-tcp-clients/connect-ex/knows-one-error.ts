// bug: every failure was reported as ECONNREFUSED, but a connect can fail in many ways and each has its number
// catalogue: -
// fails: returns the number of other errors too
// lesson: When connecting fails
import net from 'node:net'
import os from 'node:os'

type Endpoint = { host: string; port: number }

export function connectEx(to: Endpoint): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(to)
    socket.on('connect', () => {
      resolve(0)
      socket.end(() => socket.destroy())
    })
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.syscall === 'getaddrinfo') reject(error)
      else resolve(os.constants.errno.ECONNREFUSED)
    })
  })
}
