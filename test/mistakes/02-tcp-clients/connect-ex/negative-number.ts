// bug: `error.errno` is the negative of the system's number: libuv, under Node, reports errors below zero
// catalogue: -
// fails: returns the positive number of ECONNREFUSED when nobody listens
// lesson: When connecting fails
import net from 'node:net'

type Endpoint = { host: string; port: number }

export function connectEx(to: Endpoint): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(to)
    socket.on('connect', () => {
      resolve(0)
      socket.end(() => socket.destroy())
    })
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.errno === undefined || error.syscall === 'getaddrinfo') reject(error)
      else resolve(error.errno)
    })
  })
}
