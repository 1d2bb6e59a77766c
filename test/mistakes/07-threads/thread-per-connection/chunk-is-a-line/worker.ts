// bug: one `data` event was taken for one line; TCP keeps no boundaries between lines
// catalogue: 1
// fails: answers each line with the number of a thread and the line, byte for byte
// lesson: A socket in a thread of its own

import type net from 'node:net'
import { parentPort, threadId } from 'node:worker_threads'

parentPort?.once('message', ({ socket }: { socket: net.Socket }) => serve(socket))

function serve(socket: net.Socket) {
  socket.on('data', (chunk: Buffer) => {
    const end = chunk.at(-1) === 10 ? -1 : undefined
    answer(socket, chunk.subarray(0, end))
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
