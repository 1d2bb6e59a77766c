import { once } from 'node:events'
import net from 'node:net'
import { isMainThread, Worker, workerData } from 'node:worker_threads'

type Shared = { connected: Int32Array; port: number }

// #region close
if (isMainThread) {
  const server = net.createServer(() => console.log('server: accepted'))
  server.listen(0, '127.0.0.1', () => {
    const connected = new Int32Array(new SharedArrayBuffer(4))
    const { port } = server.address() as net.AddressInfo
    new Worker(new URL(import.meta.url), { workerData: { connected, port } })
    // Asleep until the worker is connected. Then the listener goes, before anybody was accepted.
    Atomics.wait(connected, 0, 0)
    server.close()
  })
}
// #endregion

if (!isMainThread) {
  const { connected, port } = workerData as Shared
  const socket = net.connect(port, '127.0.0.1')
  const error = new Promise<Error>((resolve) => socket.on('error', resolve))
  await once(socket, 'connect')
  console.log('client: connected')
  Atomics.store(connected, 0, 1)
  Atomics.notify(connected, 0)
  console.log('client:', (await error).message)
}
