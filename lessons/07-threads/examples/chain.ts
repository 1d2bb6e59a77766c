import { once } from 'node:events'
import net from 'node:net'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'

// #region chain
/** In the thread. */
function serve(socket: net.Socket, hears: boolean) {
  if (hears) socket.on('error', ({ message }) => parentPort?.postMessage(message))
  socket.resume()
  parentPort?.postMessage('the socket is mine')
}

/** In the main thread: each time a client resets its connection. */
async function watch() {
  const uncaught = once(process, 'uncaughtException')
  await reset(false)
  console.log('nobody hears:', (await uncaught)[0].message)

  const dying = await reset(false)
  const error = await new Promise<Error>((resolve) => dying.on('error', resolve))
  console.log('the Worker is heard:', error.message)

  const thread = await reset(true)
  const [message] = await once(thread, 'message')
  console.log('the socket is heard:', message)
}
// #endregion

const server = net.createServer({ pauseOnConnect: true })

async function reset(hears: boolean): Promise<Worker> {
  const client = net.connect((server.address() as net.AddressInfo).port, '127.0.0.1')
  const [accepted] = (await once(server, 'connection')) as [net.Socket]
  const thread = new Worker(new URL(import.meta.url), { workerData: hears })
  thread.postMessage(accepted, [accepted])
  await once(thread, 'message')
  client.resetAndDestroy()
  return thread
}

if (isMainThread) {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  await watch()
  server.close()
} else {
  parentPort?.once('message', (socket: net.Socket) => serve(socket, workerData))
}
