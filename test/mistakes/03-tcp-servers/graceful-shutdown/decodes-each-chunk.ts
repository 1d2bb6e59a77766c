// bug: each chunk is decoded by itself, so a character whose bytes come in two chunks turns into U+FFFD
// catalogue: 14
// fails: sends whole lines back, however they are cut, and nothing of an unended one
// lesson: Chunks are not lines

import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }
type Stopped = { finished: number; cut: number }
type Stoppable = { address(): net.AddressInfo; stop(graceMs: number): Promise<Stopped> }

export async function startStoppable(at: Endpoint): Promise<Stoppable> {
  const present = new Set<net.Socket>()
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    present.add(socket)
    socket.on('close', () => present.delete(socket))
    echoLines(socket)
  })
  server.listen(at.port, at.host)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  const address = server.address() as net.AddressInfo

  async function shutDown(graceMs: number): Promise<Stopped> {
    const total = present.size
    let cut = 0
    const deadline = setTimeout(() => {
      cut = present.size
      for (const socket of present) socket.destroy()
    }, graceMs)
    server.close()
    await once(server, 'close')
    clearTimeout(deadline)
    return { finished: total - cut, cut }
  }

  let stopped: Promise<Stopped> | undefined
  return {
    address: () => address,
    stop(graceMs) {
      stopped ??= shutDown(graceMs)
      return stopped
    },
  }
}

function echoLines(socket: net.Socket) {
  let rest = ''
  socket.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) socket.write(`${line}\n`)
  })
  socket.on('end', () => socket.end())
  socket.on('error', (error) => console.error(`a client broke off: ${error.message}`))
}
