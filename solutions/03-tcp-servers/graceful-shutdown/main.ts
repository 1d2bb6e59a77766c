import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }
type Stopped = { finished: number; cut: number }
type Stoppable = { address(): net.AddressInfo; stop(graceMs: number): Promise<Stopped> }

/**
 * Listens at `at` (port 0: any free port) and sends each whole line back, byte for byte.
 *
 * `stop(graceMs)` refuses new connections from now on, lets the present ones go on for `graceMs`
 * milliseconds, then destroys those that remain. It resolves as soon as the last one is gone:
 * `finished` clients of those present at the call left by themselves, `cut` were destroyed.
 * Every further call returns the first one's promise.
 *
 * Rejects with the system's error (`code`, such as EADDRINUSE) when it cannot listen.
 */
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
    // close() stops the listening socket alone; `close` is emitted when the last client is gone.
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
  let rest = Buffer.alloc(0)
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk])
    const end = rest.lastIndexOf('\n') + 1
    if (end === 0) return
    socket.write(rest.subarray(0, end))
    rest = rest.subarray(end)
  })
  socket.on('end', () => socket.end())
  // A reset ends this client alone: Node closes the socket after the event.
  socket.on('error', (error) => console.error(`a client broke off: ${error.message}`))
}

if (import.meta.main) {
  const service = await startStoppable({
    host: '127.0.0.1',
    port: Number(process.argv[2] ?? 4000),
  })
  console.log('listening at', service.address())
  process.once('SIGINT', async () => {
    console.log('stopping, 10 seconds of grace')
    console.log(await service.stop(10_000))
  })
}
