// bug: a number was made up for a failed name lookup; nothing was connected to, so there is no number to report, and the call is to reject
// catalogue: -
// fails: rejects when the host name cannot be resolved
// lesson: When connecting fails
import net from 'node:net'
import os from 'node:os'

type Endpoint = { host: string; port: number }

const numbers: Record<string, number> = os.constants.errno

export function connectEx(to: Endpoint): Promise<number> {
  return new Promise((resolve) => {
    const socket = net.connect(to)
    socket.on('connect', () => {
      resolve(0)
      socket.end(() => socket.destroy())
    })
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(numbers[error.code ?? ''] ?? 1))
  })
}
