// bug: setup and finish are called though a handler need not have them
// catalogue: -
// fails: runs a handler that has neither setup nor finish
// lesson: Setup, handle, finish

import type net from 'node:net'
import type { Duplex } from 'node:stream'
import { parentPort, workerData } from 'node:worker_threads'

type Handler = {
  setup(request: Duplex): unknown
  handle(request: Duplex): unknown
  finish(request: Duplex): unknown
}

parentPort?.once('message', async ({ socket }: { socket: net.Socket }) => {
  socket.on('error', (error) => console.error(`a client broke off: ${error.message}`))
  try {
    const handler: Handler = await import(workerData)
    await handler.setup(socket)
    try {
      await handler.handle(socket)
    } finally {
      await handler.finish(socket)
    }
  } catch (error) {
    console.error('the handler failed:', error)
  }
  socket.end()
  socket.resume()
})
