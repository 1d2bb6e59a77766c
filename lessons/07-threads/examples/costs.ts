import { once } from 'node:events'
import net from 'node:net'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'

// #region costs
if (isMainThread) {
  const KIB = 1024
  const threads: Worker[] = []
  await each('a thread', 10, async () => {
    const thread = new Worker(new URL(import.meta.url))
    threads.push(thread)
    await once(thread, 'message')
  })

  const server = net.createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as net.AddressInfo
  const sockets: net.Socket[] = []
  await each('a connection', 500, async () => {
    const client = net.connect(port, '127.0.0.1')
    const [accepted] = (await once(server, 'connection')) as [net.Socket]
    sockets.push(client, accepted)
  })

  const [thread] = threads as [Worker]
  await each('a message and its answer', 500, async () => {
    thread.postMessage('hello')
    await once(thread, 'message')
  })

  for (const socket of sockets) socket.destroy()
  for (const thread of threads) thread.terminate()
  server.close()

  async function each(what: string, times: number, make: () => Promise<void>) {
    const memory = process.memoryUsage().rss
    const begin = performance.now()
    for (let i = 0; i < times; i += 1) await make()
    const ms = ((performance.now() - begin) / times).toFixed(2)
    const kib = Math.round((process.memoryUsage().rss - memory) / KIB / times)
    console.log(`${what}: ${ms} ms, ${kib} KiB`)
  }
} else {
  parentPort?.on('message', (message) => parentPort?.postMessage(message))
  parentPort?.postMessage('ready')
}
// #endregion
