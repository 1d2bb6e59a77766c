// bug: each chunk was decoded on its own, so a character whose bytes came in two chunks was broken
// catalogue: 14
// fails: answers each line with the number of a thread and the line, byte for byte
// lesson: A socket in a thread of its own

import type net from 'node:net'
import { parentPort, threadId } from 'node:worker_threads'

parentPort?.once('message', ({ socket }: { socket: net.Socket }) => serve(socket))

function serve(socket: net.Socket) {
  let rest = ''
  socket.on('data', (chunk: Buffer) => {
    rest += chunk.toString()
    let end = rest.indexOf('\n')
    while (end !== -1) {
      answer(socket, rest.slice(0, end))
      rest = rest.slice(end + 1)
      end = rest.indexOf('\n')
    }
  })
  socket.on('end', () => socket.end())
  socket.on('error', (error) => console.error(`a client broke off: ${error.message}`))
}

function answer(socket: net.Socket, line: string) {
  if (line === 'crash') throw new Error('told to crash')
  const ms = /^burn (\d+)$/.exec(line)?.[1]
  if (ms === undefined) {
    socket.write(`${threadId} ${line}\n`)
    return
  }
  burn(Number(ms))
  socket.write(`burned ${ms}\n`)
}

function burn(ms: number) {
  const until = performance.now() + ms
  while (performance.now() < until);
}
