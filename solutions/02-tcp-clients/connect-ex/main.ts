import net from 'node:net'
import os from 'node:os'

type Endpoint = { host: string; port: number }

/** ECONNREFUSED, ETIMEDOUT and so on, with this system's number for each. */
const numbers: Record<string, number> = os.constants.errno

/**
 * Tries to connect. Resolves with 0 when that worked, and closes the connection (sends FIN);
 * otherwise with the system's positive error number (errno). Rejects with a RangeError when there can
 * be no such port, and with the lookup's error when the name of the host cannot be resolved.
 */
export function connectEx(to: Endpoint): Promise<number> {
  return new Promise((resolve, reject) => {
    // For a bad port this throws, which rejects the promise.
    const socket = net.connect(to)
    socket.on('connect', () => {
      resolve(0)
      socket.end(() => socket.destroy())
    })
    // It stays for the socket's whole life: a reset may come after the connect, when all is settled.
    socket.on('error', (error: NodeJS.ErrnoException) => {
      // By name: `errno` is absent when a host has several addresses and all of them failed.
      const number = numbers[error.code ?? '']
      if (number === undefined || error.syscall === 'getaddrinfo') reject(error)
      else resolve(number)
    })
  })
}

if (import.meta.main) {
  const [host = '127.0.0.1', port = '4000'] = process.argv.slice(2)
  console.log(await connectEx({ host, port: Number(port) }))
}
