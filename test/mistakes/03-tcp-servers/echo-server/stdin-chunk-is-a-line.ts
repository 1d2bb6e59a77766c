// bug: one data event of stdin is taken for one line, but stdin is a stream too: two lines can come in one chunk
// catalogue: 1
// fails: gives each message a line of its own, in the order in which the messages came
// lesson: Chunks are not lines

import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }

const CONFIRMATION = Buffer.from('\nI get it!\n')

export async function startEchoServer(at: Endpoint): Promise<net.Server> {
  const server = net.createServer({ allowHalfOpen: true })
  server.listen(at.port, at.host)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))

  const typed: string[] = []
  const takers: ((line: string) => void)[] = []
  process.stdin.on('data', (chunk) => {
    const line = chunk.toString().replace(/\n$/, '')
    const taker = takers.shift()
    if (taker) taker(line)
    else typed.push(line)
  })

  function nextLine(): Promise<string> {
    const line = typed.shift()
    if (line !== undefined) return Promise.resolve(line)
    return new Promise((resolve) => takers.push(resolve))
  }
  server.on('close', () => process.stdin.pause())

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
