// bug: the three functions were called without `await`, so the next one began before the last one was done
// catalogue: -
// fails: runs setup, handle and finish in this order, waits for each, then ends the connection
// lesson: Setup, handle, finish

import type net from 'node:net'
import type { Duplex } from 'node:stream'
import { parentPort, workerData } from 'node:worker_threads'

type Handler = {
  setup?(request: Duplex): unknown
  handle(request: Duplex): unknown
  finish?(request: Duplex): unknown
}

parentPort?.once('message', async ({ socket }: { socket: net.Socket }) => {
  socket.on('error', (error) => console.error(`a client broke off: ${error.message}`))
  try {
    const handler: Handler = await import(workerData)
    handler.setup?.(socket)
    try {
      handler.handle(socket)
    } finally {
      handler.finish?.(socket)
    }
  } catch (error) {
    console.error('the handler failed:', error)
  }
  socket.end()
  socket.resume()
})
