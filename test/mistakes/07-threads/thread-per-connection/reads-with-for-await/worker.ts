// bug: `for await` destroys the socket when the client's FIN has come, and replies that still wait in it are lost
// catalogue: 19
// fails: sends all replies after FIN to a client that reads late
// lesson: Handing a socket over

import type net from 'node:net'
import { parentPort, threadId } from 'node:worker_threads'

parentPort?.once('message', ({ socket }: { socket: net.Socket }) => serve(socket))

async function serve(socket: net.Socket) {
  let rest = Buffer.alloc(0)
  try {
    for await (const chunk of socket) {
      rest = Buffer.concat([rest, chunk])
      let end = rest.indexOf('\n')
      while (end !== -1) {
        answer(socket, rest.subarray(0, end))
        rest = rest.subarray(end + 1)
        end = rest.indexOf('\n')
      }
    }
    socket.end()
  } catch (error) {
    console.error('a client broke off:', error)
  }
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
