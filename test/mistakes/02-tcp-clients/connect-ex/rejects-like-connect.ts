// bug: a failed connect rejects, as `connect` itself would; here the number of the error is the result
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
    socket.on('error', reject)
  })
}
