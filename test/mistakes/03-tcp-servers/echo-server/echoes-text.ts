// bug: the chunk is turned into text and back, so bytes that are not valid UTF-8 come back as U+FFFD
// catalogue: 16
// fails: echoes bytes that are no text
// lesson: Bytes in, bytes out

import { once } from 'node:events'
import net from 'node:net'
import readline from 'node:readline'

type Endpoint = { host: string; port: number }

const CONFIRMATION = '\nI get it!\n'

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

    socket.setEncoding('utf8')
    socket.on('data', (chunk: string) => {
      console.log(`${remoteAddress}: ${chunk}`)
      socket.write(`${chunk}${CONFIRMATION}`)
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
