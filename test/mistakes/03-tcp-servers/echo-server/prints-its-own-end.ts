// bug: localAddress and localPort are this end of the connection, the same for every client; the client is remoteAddress and remotePort
// catalogue: none
// fails: prints the client's address and port, and each chunk's text
// lesson: One listener, many sockets

import { once } from 'node:events'
import net from 'node:net'
import readline from 'node:readline'

type Endpoint = { host: string; port: number }

const CONFIRMATION = Buffer.from('\nI get it!\n')

export async function startEchoServer(at: Endpoint): Promise<net.Server> {
  const server = net.createServer({ allowHalfOpen: true })
  server.listen(at.port, at.host)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))

  const operator = readline.createInterface({ input: process.stdin })
  const lines = operator[Symbol.asyncIterator]()
  server.on('close', () => operator.close())

  server.on('connection', (socket) => {
    const { localAddress, localPort } = socket
    console.log(`connected: ${localAddress}:${localPort}`)
    let answered: Promise<void> = Promise.resolve()

    socket.on('data', (chunk: Buffer) => {
      console.log(`${localAddress}: ${chunk}`)
      socket.write(Buffer.concat([chunk, CONFIRMATION]))
      answered = lines.next().then((line) => {
        if (!line.done) socket.write(line.value)
      })
    })
    socket.on('end', async () => {
      await answered
      socket.end()
    })
    socket.on('error', (error) => console.error(`${localAddress}: ${error.message}`))
  })
  return server
}
