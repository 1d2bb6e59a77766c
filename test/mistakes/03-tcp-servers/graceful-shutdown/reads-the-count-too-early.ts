// bug: the close event of the server comes before that of its last socket, so the last client is not counted
// catalogue: none
// fails: counts those who left by themselves and those who were cut
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

  function shutDown(graceMs: number): Promise<Stopped> {
    let finished = 0
    let cut = 0
    let isOver = false
    for (const socket of present) {
      socket.on('close', () => {
        if (!isOver) finished += 1
      })
    }
    const deadline = setTimeout(() => {
      isOver = true
      cut = present.size
      for (const socket of present) socket.destroy()
    }, graceMs)
    return new Promise((resolve) => {
      server.close(() => {
        clearTimeout(deadline)
        resolve({ finished, cut })
      })
    })
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
