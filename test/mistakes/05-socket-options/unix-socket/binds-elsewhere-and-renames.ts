// bug: `close` removes the name that was bound; a file that was renamed after that stays behind
// catalogue: -
// fails: removes its socket file on close
// lesson: Sockets that are files
import { once } from 'node:events'
import fs from 'node:fs/promises'
import net from 'node:net'

export async function startUnixServer(path: string): Promise<net.Server> {
  if ((await exists(path)) && !(await isStale(path))) {
    throw Object.assign(new Error(`${path} is taken`), { code: 'EADDRINUSE' })
  }
  const server = await listen(`${path}~`)
  await fs.rename(`${path}~`, path)
  return server
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

async function exists(path: string): Promise<boolean> {
  return fs.lstat(path).then(
    () => true,
    () => false,
  )
}

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
    socket.on('close', () => reject(new Error('the connection ended before a full line came')))
    socket.write(`${line}\n`)
  })
}
