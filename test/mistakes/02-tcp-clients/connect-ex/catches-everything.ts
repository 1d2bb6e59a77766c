// bug: the `catch` takes the RangeError of a bad port for a failed connect and makes a number of it; a mistake of the caller is to reject
// catalogue: -
// fails: rejects with RangeError for a port that cannot be
// lesson: When connecting fails
import { once } from 'node:events'
import net from 'node:net'
import os from 'node:os'

type Endpoint = { host: string; port: number }

const numbers: Record<string, number> = os.constants.errno

export async function connectEx(to: Endpoint): Promise<number> {
  try {
    const socket = net.connect(to)
    await once(socket, 'connect')
    socket.on('error', () => {})
    socket.end(() => socket.destroy())
    return 0
  } catch (error) {
    const { code = '', syscall } = error as NodeJS.ErrnoException
    if (syscall === 'getaddrinfo') throw error
    return numbers[code] ?? os.constants.errno.EINVAL
  }
}
