// bug: nobody listens for the error event of the server, so a port that is taken crashes the program instead of rejecting the promise
// catalogue: 22
// fails: rejects with EADDRINUSE when the port is taken
// lesson: When the port is taken

import net from 'node:net'
import readline from 'node:readline'

type Endpoint = { host: string; port: number }

const CONFIRMATION = Buffer.from('\nI get it!\n')

export async function startEchoServer(at: Endpoint): Promise<net.Server> {
  const server = net.createServer({ allowHalfOpen: true })
  server.listen(at.port, at.host)
  await new Promise<void>((resolve) => server.on('listening', resolve))

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
      answered = lines.next().then((line) => {
        if (!line.done) socket.write(line.value)
      })
    })
    socket.on('end', async () => {
      await answered
      socket.end()
    })
    socket.on('error', (error) => console.error(`${remoteAddress}: ${error.message}`))
  })
  return server
}
