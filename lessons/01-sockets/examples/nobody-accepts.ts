import net from 'node:net'
import { isMainThread, Worker, workerData } from 'node:worker_threads'

if (isMainThread) {
  const server = net.createServer((accepted) => {
    console.log('server: accepted')
    accepted.end()
    server.close()
  })
  server.listen(0, '127.0.0.1', () => {
    const connected = new Int32Array(new SharedArrayBuffer(4))
    const { port } = server.address() as net.AddressInfo
    new Worker(new URL(import.meta.url), { workerData: { connected, port } })
    // This thread now sleeps until the worker wakes it. It runs no callback and accepts nobody.
    Atomics.wait(connected, 0, 0)
    console.log('client: connected')
  })
} else {
  const { connected, port } = workerData as { connected: Int32Array; port: number }
  const socket = net.connect(port, '127.0.0.1', () => {
    Atomics.store(connected, 0, 1)
    Atomics.notify(connected, 0)
    socket.end()
  })
}
