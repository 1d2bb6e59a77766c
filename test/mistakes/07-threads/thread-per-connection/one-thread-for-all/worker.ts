import type net from 'node:net'
import { parentPort, threadId } from 'node:worker_threads'

parentPort?.on('message', ({ socket }: { socket: net.Socket }) => serve(socket))

function serve(socket: net.Socket) {
  let rest = Buffer.alloc(0)
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk])
    let end = rest.indexOf('\n')
    while (end !== -1) {
      answer(socket, rest.subarray(0, end))
      rest = rest.subarray(end + 1)
      end = rest.indexOf('\n')
    }
  })
  socket.on('end', () => socket.end())
  socket.on('error', (error) => console.error(`a client broke off: ${error.message}`))
}

function answer(socket: net.Socket, line: Buffer) {
  const text = line.toString()
  if (text === 'crash') throw new Error('told to crash')
  const ms = /^burn (\d+)$/.exec(text)?.[1]
  if (ms === undefined) {
    socket.write(Buffer.concat([Buffer.from(`${threadId} `), line, Buffer.from('\n')]))
    return
  }
  burn(Number(ms))
  socket.write(`burned ${ms}\n`)
}

function burn(ms: number) {
  const until = performance.now() + ms
  while (performance.now() < until);
}
