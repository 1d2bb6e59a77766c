// bug: trim takes away spaces and the carriage return, which belong to the line
// catalogue: none
// fails: keeps each line byte for byte, and gives an unended last one no reply
// lesson: Bytes in, bytes out

import { once } from 'node:events'
import net from 'node:net'

type Endpoint = { host: string; port: number }

export async function startSequentialServer(at: Endpoint): Promise<net.Server> {
  const waiting: net.Socket[] = []
  let current: net.Socket | undefined

  const server = net.createServer({ allowHalfOpen: true, pauseOnConnect: true }, (socket) => {
    socket.on('error', (error) => console.error(`a client broke off: ${error.message}`))
    waiting.push(socket)
    if (!current) nextTurn()
  })
  server.listen(at.port, at.host)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server

  function nextTurn() {
    current = waiting.shift()
    if (current) serve(current)
  }

  function serve(socket: net.Socket) {
    const leave = () => {
      if (current === socket) nextTurn()
    }
    socket.on('close', leave)
    socket.on('end', () => {
      socket.end()
      leave()
    })
    socket.write('ready\n')
    answerLines(socket)
    socket.resume()
  }
}

function answerLines(socket: net.Socket) {
  let count = 0
  let rest = ''
  socket.setEncoding('utf8')
  socket.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      count += 1
      socket.write(`#${count} ${line.trim()}\n`)
    }
  })
}
