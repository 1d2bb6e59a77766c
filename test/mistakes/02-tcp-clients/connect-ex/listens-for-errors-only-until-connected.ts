// bug: the error handler was taken away as soon as the socket was connected, so a reset that comes later ends the whole program
// catalogue: 21
// fails: returns 0 and lives on when the server resets the connection later
// lesson: When connecting fails
import { once } from 'node:events'
import net from 'node:net'
import os from 'node:os'

type Endpoint = { host: string; port: number }

const numbers: Record<string, number> = os.constants.errno

export async function connectEx(to: Endpoint): Promise<number> {
  const socket = net.connect(to)
  try {
    await once(socket, 'connect')
  } catch (error) {
    const { code = '', syscall } = error as NodeJS.ErrnoException
    const number = numbers[code]
    if (number === undefined || syscall === 'getaddrinfo') throw error
    return number
  }
  socket.end()
  return 0
}
