import { once } from 'node:events'
import net from 'node:net'
import { isMainThread, parentPort, threadId, Worker } from 'node:worker_threads'

// #region visits
let visits = 0

function handOver(accepted: net.Socket) {
  const thread = new Worker(new URL(import.meta.url))
  visits += 1
  thread.postMessage({ accepted, counted: visits }, [accepted])
}

function greet({ accepted, counted }: { accepted: net.Socket; counted: number }) {
  visits += 1
  accepted.end(`thread ${threadId} counts ${visits}, the main thread counts ${counted}`)
}

if (isMainThread) {
  const server = net.createServer({ pauseOnConnect: true }, handOver)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as net.AddressInfo
  for (const name of ['anna', 'bert']) {
    const reply = await net.connect(port, '127.0.0.1').toArray()
    console.log(`${name}: ${reply.join('')}`)
  }
  server.close()
} else {
  parentPort?.once('message', greet)
}
// #endregion
