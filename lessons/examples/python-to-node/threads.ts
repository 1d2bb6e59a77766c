import { once } from 'node:events'
import net from 'node:net'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'

// #region serve
function serve(connection: net.Socket) {
  connection.on('error', () => connection.destroy())
  connection.on('data', (data) => {
    const rounds = Number(data)
    let total = 0
    for (let i = 0; i < rounds; i += 1) total += i
    connection.write(`${total}\n`)
  })
}

// pauseOnConnect: this thread reads nothing, so the other one gets every byte.
const server = net.createServer({ pauseOnConnect: true }, (connection) => {
  const worker = new Worker(new URL(import.meta.url))
  worker.postMessage({ connection }, [connection])
  worker.unref()
})

if (!isMainThread) {
  parentPort?.once('message', ({ connection }) => serve(connection))
}
// #endregion

if (isMainThread) {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as net.AddressInfo
  const anna = net.connect(port, '127.0.0.1')
  const bert = net.connect(port, '127.0.0.1')
  anna.write('5000000000')
  bert.write('10')
  const who = await Promise.race([
    once(anna, 'data').then(() => 'Anna'),
    once(bert, 'data').then(() => 'Bert'),
  ])
  console.log('answered first:', who)
  anna.destroy()
  bert.destroy()
  server.close()
}
