// needs linux: other systems do other things when the queue is full
import { once } from 'node:events'
import net from 'node:net'
import { isMainThread, Worker, workerData } from 'node:worker_threads'

type Shared = { done: Int32Array; port: number }

// #region wait
async function wait(port: number) {
  const socket = net.connect({ host: '127.0.0.1', port, timeout: 300 })
  socket.on('connect', () => console.log('connected'))
  socket.on('error', (error) => console.log(error.message))
  await once(socket, 'timeout')
  console.log('timeout; still trying:', socket.connecting)
  socket.destroy()
}
// #endregion

if (isMainThread) {
  // Its queue has room for two, and nobody accepts: while the worker tries, this thread is asleep.
  const server = net.createServer()
  server.listen({ host: '127.0.0.1', port: 0, backlog: 1 }, () => {
    const done = new Int32Array(new SharedArrayBuffer(4))
    const { port } = server.address() as net.AddressInfo
    new Worker(new URL(import.meta.url), { workerData: { done, port } })
    Atomics.wait(done, 0, 0)
    server.close()
  })
} else {
  const { done, port } = workerData as Shared
  // Those for whom there is room.
  const queue = [net.connect(port, '127.0.0.1'), net.connect(port, '127.0.0.1')]
  for (const socket of queue) socket.on('error', () => socket.destroy())
  await Promise.all(queue.map((socket) => once(socket, 'connect')))

  await wait(port)
  for (const socket of queue) socket.destroy()
  Atomics.store(done, 0, 1)
  Atomics.notify(done, 0)
}
