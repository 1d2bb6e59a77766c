// bug: the line was trimmed before it was looked at, so a `\r` or a space after the command went unnoticed
// catalogue: -
// fails: refuses a line that is no command, after earlier answers, and says no more
// lesson: Where messages end
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }

const LARGEST = 64 * 1024 * 1024
const LONGEST_COMMAND = 1_024

export async function startPutServer(at: Endpoint): Promise<net.Server> {
  const server = net.createServer((socket) => {
    takeCommands(socket)
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
  let missing: number | undefined

  const take = (chunk: Buffer) => {
    let rest = chunk
    while (rest.length > 0 && socket.writable) {
      rest = missing === undefined ? takeCommand(rest) : takeBody(missing, rest)
    }
  }

  const takeCommand = (bytes: Buffer) => {
    const end = bytes.indexOf('\n')
    command = Buffer.concat([command, end === -1 ? bytes : bytes.subarray(0, end)])
    if (command.length >= LONGEST_COMMAND) leave('ERR command too long\n')
    else if (end !== -1) {
      obey(command.toString('latin1').trim())
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
    socket.off('data', take).resume()
  }
  socket.on('data', take)
}
