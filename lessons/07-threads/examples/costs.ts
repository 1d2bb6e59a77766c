import { once } from 'node:events'
import net from 'node:net'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'

// #region costs
/** Prints what one of them takes, in milliseconds and in memory of this process. */
async function measure(what: string, times: number, make: () => Promise<unknown>) {
  const memory = process.memoryUsage().rss
  const begin = performance.now()
  for (let i = 0; i < times; i += 1) await make()
  const ms = (performance.now() - begin) / times
  const kib = (process.memoryUsage().rss - memory) / times / 1024
  console.log(`${what}: ${ms.toFixed(2)} ms, ${kib.toFixed(0)} KiB`)
}
// #endregion

if (isMainThread) {
  const threads: Worker[] = []
  await measure('a thread', 10, async () => {
    const thread = new Worker(new URL(import.meta.url))
    threads.push(thread)
    await once(thread, 'message')
  })

  const server = net.createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as net.AddressInfo
  const sockets: net.Socket[] = []
  await measure('a connection, both ends', 500, async () => {
    const client = net.connect(port, '127.0.0.1')
    const [accepted] = (await once(server, 'connection')) as [net.Socket]
    sockets.push(client, accepted)
  })

  const [thread] = threads as [Worker]
  await measure('a message to a thread and back', 500, async () => {
    thread.postMessage('hello')
    await once(thread, 'message')
  })

  for (const socket of sockets) socket.destroy()
  for (const thread of threads) thread.terminate()
  server.close()
} else {
  parentPort?.on('message', (message) => parentPort?.postMessage(message))
  parentPort?.postMessage('ready')
}
