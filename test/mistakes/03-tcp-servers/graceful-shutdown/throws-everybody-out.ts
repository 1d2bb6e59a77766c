// bug: stop destroys the present clients at once instead of letting them go on for the grace
// catalogue: 30
// fails: goes on serving present clients after stop
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

  async function shutDown(): Promise<Stopped> {
    const cut = present.size
    server.close()
    for (const socket of present) socket.destroy()
    await once(server, 'close')
    return { finished: 0, cut }
  }

  let stopped: Promise<Stopped> | undefined
  return {
    address: () => address,
    stop() {
      stopped ??= shutDown()
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
