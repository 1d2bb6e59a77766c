// bug: the path is cleared before anybody looks what lies there: a live server loses its door, and a file its content
// catalogue: -
// fails: rejects with EADDRINUSE while another server listens, and leaves it alone
// lesson: Sockets that are files
import { once } from 'node:events'
import fs from 'node:fs/promises'
import net from 'node:net'

export async function startUnixServer(path: string): Promise<net.Server> {
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
