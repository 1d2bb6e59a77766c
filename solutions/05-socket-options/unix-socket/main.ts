import { once } from 'node:events'
import fs from 'node:fs/promises'
import net from 'node:net'

/**
 * Starts a server at the UNIX-domain socket `path`, a file with mode 0600. It answers each line (UTF-8,
 * ended by `\n` alone) with the same line in upper case; an unended last one gets no reply. Resolves
 * once it listens. A socket file that nobody listens on is replaced; where somebody does, the promise
 * rejects with EADDRINUSE. Any other file in the way is left alone, and the promise rejects.
 */
export async function startUnixServer(path: string): Promise<net.Server> {
  try {
    return await listen(path)
  } catch (error) {
    const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
    if (!isTaken || !(await isStale(path))) throw error
  }
  await fs.rm(path, { force: true })
  return listen(path)
}

async function listen(path: string): Promise<net.Server> {
  const server = net.createServer(answer)
  // The file is born with mode 0600. A chmod after that would leave the door open for a moment.
  const mask = process.umask(0o177)
  try {
    server.listen(path)
  } finally {
    process.umask(mask)
  }
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}

/** Whether `path` is a socket file that nobody listens on. A connect alone cannot tell: other files refuse too. */
async function isStale(path: string): Promise<boolean> {
  const isSocket = (await fs.lstat(path)).isSocket()
  return isSocket && (await connectCode(path)) === 'ECONNREFUSED'
}

function connectCode(path: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = net.connect(path, () => socket.destroy())
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code))
    socket.on('close', () => resolve(undefined))
  })
}

function answer(socket: net.Socket): void {
  let rest = ''
  socket.setEncoding('utf8')
  socket.on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) socket.write(`${line.toUpperCase()}\n`)
  })
  socket.on('error', () => socket.destroy())
}

/**
 * Sends `line` and a `\n` to the server at the UNIX-domain socket `path`, and resolves with its reply
 * line, without the newline. Rejects with the system's error when it cannot connect or is cut off,
 * and when the connection ends before the whole line has come. The socket is closed on every path.
 */
export function askUnix(path: string, line: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(path)
    let reply = ''
    socket.setEncoding('utf8')
    socket.on('data', (text: string) => {
      reply += text
      const end = reply.indexOf('\n')
      if (end === -1) return
      resolve(reply.slice(0, end))
      socket.destroy()
    })
    socket.on('error', reject)
    // After a reply or an error this changes nothing: a promise settles once.
    socket.on('close', () => reject(new Error('the connection ended before a full line came')))
    socket.write(`${line}\n`)
  })
}

if (import.meta.main) {
  const [path = '/tmp/upper.sock', line] = process.argv.slice(2)
  if (line === undefined) {
    await startUnixServer(path)
    console.log(`listening on ${path}`)
  } else {
    console.log(await askUnix(path, line))
  }
}
