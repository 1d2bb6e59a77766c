import type net from 'node:net'
import { parentPort, threadId } from 'node:worker_threads'

/** Serves the one client whose socket it is given: a list of numbers is answered with their sum. */
parentPort?.once('message', (socket: net.Socket) => {
  socket.on('data', (list) => {
    const numbers: number[] = JSON.parse(String(list))
    socket.write(`thread ${threadId}: ${numbers.reduce((sum, n) => sum + n, 0)}`)
  })
  socket.on('end', () => socket.end())
  socket.on('error', () => socket.destroy())
})
