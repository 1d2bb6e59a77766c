// bug: a line is only looked for once a message waits for it, so what the operator typed before is lost
// catalogue: none
// fails: keeps lines that were typed before their message came
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
  const takers: ((line: string) => void)[] = []
  operator.on('line', (line) => takers.shift()?.(line))
  server.on('close', () => operator.close())

  server.on('connection', (socket) => {
    const { remoteAddress, remotePort } = socket
    console.log(`connected: ${remoteAddress}:${remotePort}`)
    let answered: Promise<void> = Promise.resolve()

    socket.on('data', (chunk: Buffer) => {
      console.log(`${remoteAddress}: ${chunk}`)
      socket.write(Buffer.concat([chunk, CONFIRMATION]))
      answered = new Promise<string>((resolve) => takers.push(resolve)).then((line) => {
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
