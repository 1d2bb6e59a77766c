import { createHash } from 'node:crypto'
import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }

/** The most bytes that a body may have. */
const LARGEST = 64 * 1024 * 1024
/** A command that has as many bytes and no `\n` is none. */
const LONGEST_COMMAND = 1_024

/**
 * Starts a server that takes commands. `PUT n\n` and n raw bytes (n in decimal digits, at most
 * 64 MiB) is answered with `OK SHA256HEX\n`; the body is hashed as it comes and never held.
 * `BYE\n` ends the connection. Anything else, or 1,024 bytes of command without `\n`, is answered
 * with `ERR reason\n`, and the connection ends. Resolves once it listens; rejects with the system's
 * error when it cannot.
 */
export async function startPutServer(at: Endpoint): Promise<net.Server> {
  const server = net.createServer((socket) => {
    takeCommands(socket)
    // One client's broken connection is nobody else's business.
    socket.on('error', () => socket.destroy())
  })
  server.listen(at)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}

function takeCommands(socket: net.Socket): void {
  let command = Buffer.alloc(0)
  let hash = createHash('sha256')
  /** how many bytes of the body are still to come; undefined while a command is read */
  let missing: number | undefined

  const take = (chunk: Buffer) => {
    let rest = chunk
    while (rest.length > 0 && socket.writable) {
      rest = missing === undefined ? takeCommand(rest) : takeBody(missing, rest)
    }
  }

  /** Takes what belongs to the command, and returns what follows it. */
  const takeCommand = (bytes: Buffer) => {
    const end = bytes.indexOf('\n')
    command = Buffer.concat([command, end === -1 ? bytes : bytes.subarray(0, end)])
    if (command.length >= LONGEST_COMMAND) leave('ERR command too long\n')
    else if (end !== -1) {
      obey(command.toString('latin1'))
      command = Buffer.alloc(0)
    }
    return bytes.subarray(end === -1 ? bytes.length : end + 1)
  }

  const obey = (text: string) => {
    if (text === 'BYE') return leave()
    const digits = /^PUT ([0-9]+)$/.exec(text)?.[1]
    if (digits === undefined) return leave('ERR unknown command\n')
    if (Number(digits) > LARGEST) return leave('ERR body too large\n')
    hash = createHash('sha256')
    takeBody(Number(digits), Buffer.alloc(0))
  }

  /** Takes what belongs to the body, and returns what follows it. An empty body is whole at once. */
  const takeBody = (length: number, bytes: Buffer) => {
    const part = bytes.subarray(0, length)
    hash.update(part)
    missing = length - part.length
    if (missing === 0) {
      socket.write(`OK ${hash.digest('hex')}\n`)
      missing = undefined
    }
    return bytes.subarray(part.length)
  }

  const leave = (lastWords = '') => {
    socket.end(lastWords)
    // What the client still sends is read and dropped: closing on unread bytes would send RST.
    socket.off('data', take).resume()
  }
  socket.on('data', take)
}

if (import.meta.main) {
  const port = Number(process.argv[2] ?? 4000)
  await startPutServer({ host: '127.0.0.1', port })
  console.log(`listening on 127.0.0.1:${port}`)
}
