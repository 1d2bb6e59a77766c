// bug: nothing listens for the socket's `error`, so a refused connection ends the whole program instead of giving a number
// catalogue: 23
// fails: returns the positive number of ECONNREFUSED when nobody listens
// lesson: When connecting fails
import net from 'node:net'

type Endpoint = { host: string; port: number }

export function connectEx(to: Endpoint): Promise<number> {
  return new Promise((resolve) => {
    const socket = net.connect(to)
    socket.on('connect', () => {
      resolve(0)
      socket.end(() => socket.destroy())
    })
  })
}
