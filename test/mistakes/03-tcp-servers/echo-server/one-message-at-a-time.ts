// bug: a message is not even echoed until the word to the one before it has been typed, so one client holds all the others up
// catalogue: 31
// fails: gives each message a line of its own, in the order in which the messages came
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

  let answered: Promise<void> = Promise.resolve()
  server.on('connection', (socket) => {
    const { remoteAddress, remotePort } = socket
    console.log(`connected: ${remoteAddress}:${remotePort}`)

    socket.on('data', (chunk: Buffer) => {
      console.log(`${remoteAddress}: ${chunk}`)
      answered = answered.then(async () => {
        socket.write(Buffer.concat([chunk, CONFIRMATION]))
        const line = await lines.next()
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
