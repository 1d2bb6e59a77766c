// bug: each chunk is decoded on its own, so a character whose bytes come in two chunks is broken
// catalogue: 14
// fails: answers each line in upper case, however the bytes are cut
// lesson: Sockets that are files
import { once } from 'node:events'
import fs from 'node:fs/promises'
import net from 'node:net'

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
  socket.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split('\n')
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
