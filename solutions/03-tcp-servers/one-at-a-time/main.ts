import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }

/**
 * Listens at `at` (port 0: any free port) and serves one client at a time, in the order in which
 * they connected. A client whose turn comes gets `ready\n`, then `#k LINE\n` for its k-th line,
 * LINE byte for byte. Its turn ends when it leaves, by FIN or by RST; after a FIN it still gets
 * every reply, then the server's FIN. What a client sends while it waits is kept for its turn.
 *
 * Rejects with the system's error (`code`, such as EADDRINUSE) when it cannot listen.
 */
export async function startSequentialServer(at: Endpoint): Promise<net.Server> {
  const waiting: net.Socket[] = []
  let current: net.Socket | undefined

  // pauseOnConnect: nothing is read from a client before its turn, so nothing can be lost.
  const server = net.createServer({ allowHalfOpen: true, pauseOnConnect: true }, (socket) => {
    socket.on('error', (error) => console.error(`a client broke off: ${error.message}`))
    waiting.push(socket)
    if (!current) nextTurn()
  })
  server.listen(at.port, at.host)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server

  function nextTurn() {
    current = waiting.shift()
    if (current) serve(current)
  }

  function serve(socket: net.Socket) {
    const leave = () => {
      if (current === socket) nextTurn()
    }
    // A client that reset while it waited is met here too: reading from it ends in `close`.
    socket.on('close', leave)
    socket.on('end', () => {
      socket.end()
      leave()
    })
    socket.write('ready\n')
    answerLines(socket)
    socket.resume()
  }
}

function answerLines(socket: net.Socket) {
  let count = 0
  let rest = Buffer.alloc(0)
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk])
    let end = rest.indexOf('\n')
    while (end !== -1) {
      count += 1
      socket.write(Buffer.concat([Buffer.from(`#${count} `), rest.subarray(0, end + 1)]))
      rest = rest.subarray(end + 1)
      end = rest.indexOf('\n')
    }
  })
}

if (import.meta.main) {
  const port = Number(process.argv[2] ?? 4000)
  const server = await startSequentialServer({ host: '127.0.0.1', port })
  console.log('listening at', server.address())
}
