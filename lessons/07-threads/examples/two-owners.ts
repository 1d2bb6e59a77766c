// needs linux: the number given out next is the lowest that is free
import { once } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import { fdOf } from '#sockopt'

// #region owners
/** In the thread: makes a socket of its own from the number, serves the client and closes. */
function serve(fd: number) {
  const socket = new net.Socket({ fd })
  socket.end('served', () => socket.destroy())
  socket.on('close', () => parentPort?.postMessage('closed'))
}

/** In the main thread, which still has the socket that it accepted. */
async function handOver(thread: Worker, accepted: net.Socket) {
  const fd = fdOf(accepted)
  thread.postMessage(fd)
  await once(thread, 'message')

  const log = fs.openSync('/dev/null', 'w')
  console.log('the log file got the same number:', log === fd)
  accepted.destroy()
  try {
    fs.writeSync(log, 'a line')
  } catch (error) {
    console.log('writing to the log:', (error as NodeJS.ErrnoException).code)
  }
}
// #endregion

if (isMainThread) {
  const thread = new Worker(new URL(import.meta.url))
  await once(thread, 'message')
  const server = net.createServer({ pauseOnConnect: true })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as net.AddressInfo
  // It stays half-open, so that its own descriptor does not become free as well.
  const client = net.connect({ host: '127.0.0.1', port, allowHalfOpen: true })
  const [accepted] = (await once(server, 'connection')) as [net.Socket]
  await handOver(thread, accepted)
  client.destroy()
  server.close()
  thread.terminate()
} else {
  parentPort?.on('message', serve)
  parentPort?.postMessage('ready')
}
