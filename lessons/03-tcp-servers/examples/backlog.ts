// needs linux: other systems count the queue in another way
import net from 'node:net'
import { isMainThread, Worker, workerData } from 'node:worker_threads'

type Shared = { done: Int32Array; port: number }

// #region queue
if (isMainThread) {
  const server = net.createServer((accepted) => accepted.destroy())
  server.listen({ host: '127.0.0.1', port: 0, backlog: 3 }, () => {
    const done = new Int32Array(new SharedArrayBuffer(4))
    const { port } = server.address() as net.AddressInfo
    new Worker(new URL(import.meta.url), { workerData: { done, port } })
    // Asleep: while the worker connects, nobody accepts.
    Atomics.wait(done, 0, 0)
    console.log('connections made though nobody accepts:', Atomics.load(done, 0))
    server.close()
  })
}
// #endregion

if (!isMainThread) {
  const { done, port } = workerData as Shared
  let connected = 0
  const clients = Array.from({ length: 10 }, () => net.connect(port, '127.0.0.1'))
  for (const client of clients) {
    client.on('connect', () => {
      connected += 1
    })
    client.on('error', () => client.destroy())
  }
  const report = () => {
    Atomics.store(done, 0, connected)
    Atomics.notify(done, 0)
    for (const client of clients) client.destroy()
  }
  setTimeout(() => setImmediate(report), 500)
}
