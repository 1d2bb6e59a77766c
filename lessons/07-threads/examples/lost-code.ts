import { once } from 'node:events'
import net from 'node:net'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'

// #region thread
/** In the thread: connects to a port where nobody listens, and reports what came of it. */
function connect(port: number, manner: string) {
  const socket = net.connect(port, '127.0.0.1')
  if (manner === 'posts the error') {
    socket.on('error', (error) => parentPort?.postMessage(error))
  }
  if (manner === 'posts its parts') {
    socket.on('error', ({ message, code }: NodeJS.ErrnoException) => {
      parentPort?.postMessage({ message, code })
    })
  }
}
// #endregion

if (isMainThread) {
  // Bound and not listening: whoever connects is refused.
  const bound = new net.BoundSocket({ host: '127.0.0.1', port: 0 })
  const { port } = bound.address()
  for (const manner of ['posts the error', 'posts its parts', 'has no handler']) {
    const thread = new Worker(new URL(import.meta.url), { workerData: { manner, port } })
    const ended = new Promise((resolve) => thread.on('exit', resolve))
    const news = once(thread, 'message').then(([error]) => error)
    const { message, code } = await news.catch((uncaught) => uncaught)
    console.log(`${manner}: "${message.slice(0, 20)}", code ${code}`)
    await ended
  }
  bound.close()
} else {
  connect(workerData.port, workerData.manner)
}
