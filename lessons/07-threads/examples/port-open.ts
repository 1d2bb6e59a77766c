import { once } from 'node:events'
import net from 'node:net'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'

// #region thread
type Order = { socket: net.Socket } | { question: string }

/** In the thread: serves a client until its FIN. */
function take(order: Order) {
  if ('question' in order) {
    parentPort?.postMessage('still there, with nothing to do')
    return
  }
  const { socket } = order
  socket.on('error', () => socket.destroy())
  socket.resume().on('end', () => socket.end())
}

/** In the main thread: waits until the client is gone, and looks for its thread. */
async function whatIsLeft(thread: Worker, client: net.Socket): Promise<string> {
  const exited = once(thread, 'exit').then(() => 'the thread has ended')
  client.end('bye')
  await once(client.resume(), 'close')

  const answered = once(thread, 'message').then(([text]) => text)
  thread.postMessage({ question: 'still there?' } satisfies Order)
  return Promise.race([exited, answered])
}
// #endregion

if (isMainThread) {
  const server = net.createServer({ pauseOnConnect: true })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as net.AddressInfo
  for (const how of ['on', 'once']) {
    const client = net.connect(port, '127.0.0.1')
    const [socket] = (await once(server, 'connection')) as [net.Socket]
    const thread = new Worker(new URL(import.meta.url), { workerData: how })
    thread.postMessage({ socket } satisfies Order, [socket])
    console.log(`parentPort.${how}: ${await whatIsLeft(thread, client)}`)
    thread.terminate()
  }
  server.close()
} else if (workerData === 'on') {
  parentPort?.on('message', take)
} else {
  parentPort?.once('message', take)
}
