// bug: the connection was made and never closed (`end`), so each successful attempt leaves an open socket at both ends
// catalogue: -
// fails: leaves with FIN once it is connected
// lesson: Every path closes the socket
import net from 'node:net'
import os from 'node:os'

type Endpoint = { host: string; port: number }

const numbers: Record<string, number> = os.constants.errno

export function connectEx(to: Endpoint): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(to)
    socket.on('connect', () => resolve(0))
    socket.on('error', (error: NodeJS.ErrnoException) => {
      const number = numbers[error.code ?? '']
      if (number === undefined || error.syscall === 'getaddrinfo') reject(error)
      else resolve(number)
    })
  })
}
