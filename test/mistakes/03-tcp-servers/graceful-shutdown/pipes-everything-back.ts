// bug: pipe sends every byte back at once, also those of a line that is never ended
// catalogue: none
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
  socket.pipe(socket)
  socket.on('error', (error) => console.error(`a client broke off: ${error.message}`))
}
