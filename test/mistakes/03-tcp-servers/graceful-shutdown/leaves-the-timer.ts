// bug: the timer of the grace is not cleared, so it keeps the process alive after the last client has left
// catalogue: none
// fails: resolves when the last client has left, no sooner and no later, and leaves no timer
// lesson: The door and the guests

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
    setTimeout(() => {
      cut = present.size
      for (const socket of present) socket.destroy()
    }, graceMs)
    server.close()
    await once(server, 'close')
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
  let rest = Buffer.alloc(0)
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk])
    const end = rest.lastIndexOf('\n') + 1
    if (end === 0) return
    socket.write(rest.subarray(0, end))
    rest = rest.subarray(end)
  })
  socket.on('end', () => socket.end())
  socket.on('error', (error) => console.error(`a client broke off: ${error.message}`))
}
