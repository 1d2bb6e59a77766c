// bug: an empty line is taken for no answer and skipped, so the message gets the line after it
// catalogue: 9
// fails: takes an empty line for a word
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
  const takers: ((line: string) => void)[] = []
  operator.on('line', (line) => {
    if (!line) return
    const taker = takers.shift()
    if (taker) taker(line)
    else typed.push(line)
  })

  function nextLine(): Promise<string> {
    const line = typed.shift()
    if (line !== undefined) return Promise.resolve(line)
    return new Promise((resolve) => takers.push(resolve))
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
