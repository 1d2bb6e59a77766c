// bug: only the first line of each chunk was answered: where several lines can wait, `if` must be `while`
// catalogue: 3
// fails: answers each line with the number of a thread and the line, byte for byte
// lesson: A socket in a thread of its own

import type net from 'node:net'
import { parentPort, threadId } from 'node:worker_threads'

parentPort?.once('message', ({ socket }: { socket: net.Socket }) => serve(socket))

function serve(socket: net.Socket) {
  let rest = Buffer.alloc(0)
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk])
    const end = rest.indexOf('\n')
    if (end !== -1) {
      answer(socket, rest.subarray(0, end))
      rest = rest.subarray(end + 1)
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
