import { once } from 'node:events'
import net from 'node:net'
import readline from 'node:readline'

type Endpoint = { host: string; port: number }

const CONFIRMATION = Buffer.from('\nI get it!\n')

/**
 * Listens at `at` (port 0: any free port). For each chunk that a client sends it writes back the
 * chunk, byte for byte, then `\nI get it!\n`, then the next line that the operator types on stdin,
 * without its newline. Lines go to chunks in the order in which the chunks arrived, over all
 * clients. A client that half-closed still gets the words that it is owed; then the server closes.
 *
 * Prints `connected: ADDRESS:PORT` for each client and `ADDRESS: TEXT` for each chunk.
 * Rejects with the system's error (`code`, such as EADDRINUSE) when it cannot listen.
 */
export async function startEchoServer(at: Endpoint): Promise<net.Server> {
  const server = net.createServer({ allowHalfOpen: true })
  server.listen(at.port, at.host)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))

  const operator = readline.createInterface({ input: process.stdin })
  const lines = operator[Symbol.asyncIterator]()
  server.on('close', () => operator.close())

  server.on('connection', (socket) => {
    const { remoteAddress, remotePort } = socket
    console.log(`connected: ${remoteAddress}:${remotePort}`)
    let answered: Promise<void> = Promise.resolve()

    socket.on('data', (chunk: Buffer) => {
      console.log(`${remoteAddress}: ${chunk}`)
      socket.write(Buffer.concat([chunk, CONFIRMATION]))
      // Calls of next() are answered in order, so the last word of a client comes after its others.
      answered = lines.next().then((line) => {
        if (!line.done) socket.write(line.value)
      })
    })
    socket.on('end', async () => {
      await answered
      socket.end()
    })
    // A reset ends this client alone: Node closes the socket after the event.
    socket.on('error', (error) => console.error(`${remoteAddress}: ${error.message}`))
  })
  return server
}

if (import.meta.main) {
  const server = await startEchoServer({ host: '127.0.0.1', port: Number(process.argv[2] ?? 4000) })
  console.log('listening at', server.address())
}
