// bug: each message listens for the next line by itself, so all messages that wait get the same line
// catalogue: none
// fails: gives each message a line of its own, in the order in which the messages came
// lesson: Two sources of input

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
  const typed: string[] = []
  operator.on('line', (line) => {
    if (operator.listenerCount('line') === 1) typed.push(line)
  })

  function nextLine(): Promise<string> {
    const line = typed.shift()
    if (line !== undefined) return Promise.resolve(line)
    return new Promise((resolve) => operator.once('line', resolve))
  }
  server.on('close', () => operator.close())

  server.on('connection', (socket) => {
    const { remoteAddress, remotePort } = socket
    console.log(`connected: ${remoteAddress}:${remotePort}`)
    let answered: Promise<void> = Promise.resolve()

    socket.on('data', (chunk: Buffer) => {
      console.log(`${remoteAddress}: ${chunk}`)
      socket.write(Buffer.concat([chunk, CONFIRMATION]))
      answered = nextLine().then((line) => {
        socket.write(line)
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
