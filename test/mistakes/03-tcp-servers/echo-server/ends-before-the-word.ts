// bug: the connection is ended as soon as the client's FIN comes, as Node does by itself without allowHalfOpen; but FIN only says that the client sends no more, and it is still owed a word
// catalogue: 24
// fails: gives a client that half-closed its word, however late, and then closes
// lesson: Half-closed is not gone

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
    const { remoteAddress, remotePort } = socket
    console.log(`connected: ${remoteAddress}:${remotePort}`)

    socket.on('data', (chunk: Buffer) => {
      console.log(`${remoteAddress}: ${chunk}`)
      socket.write(Buffer.concat([chunk, CONFIRMATION]))
      lines.next().then((line) => {
        if (!line.done) socket.write(line.value)
      })
    })
    socket.on('end', () => socket.end())
    socket.on('error', (error) => console.error(`${remoteAddress}: ${error.message}`))
  })
  return server
}
