// bug: `close` was waited for, which comes only after the FIN of the server, and a server may never send one
// catalogue: -
// fails: returns 0 once it is connected, though the server never closes
// lesson: Every path closes the socket
import net from 'node:net'
import os from 'node:os'

type Endpoint = { host: string; port: number }

const numbers: Record<string, number> = os.constants.errno

export function connectEx(to: Endpoint): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(to)
    socket.on('connect', () => socket.end())
    socket.on('close', () => resolve(0))
    socket.on('error', (error: NodeJS.ErrnoException) => {
      const number = numbers[error.code ?? '']
      if (number === undefined || error.syscall === 'getaddrinfo') reject(error)
      else resolve(number)
    })
  })
}
