import { once } from 'node:events'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'

// #region work
const work = {
  waits: () => sleep(400),
  computes: () => {
    let sum = 0
    for (let i = 0; i < 80_000_000; i += 1) sum += i
    return sum
  },
}
type Kind = keyof typeof work

/** Tells when a piece of work began and when it ended, by a count that all threads share. */
function serve(socket: net.Socket, count: Int32Array) {
  socket.on('data', async (kind) => {
    const began = Atomics.add(count, 0, 1)
    await work[String(kind) as Kind]()
    const ended = Atomics.add(count, 0, 1)
    socket.end(JSON.stringify({ began, ended }))
  })
}

/** Two clients ask at once; the threads that they are given may be one and the same. */
async function compare(kind: Kind, annas: Worker, berts: Worker): Promise<string> {
  const clients = [await clientOf(annas), await clientOf(berts)]
  for (const client of clients) client.write(kind)
  const replies = await Promise.all(clients.map((client) => client.toArray()))
  const [anna, bert] = replies.map((reply) => JSON.parse(reply.join('')))
  const overlap = anna.began < bert.ended && bert.began < anna.ended
  return overlap ? 'side by side' : 'one after another'
}
// #endregion

const server = net.createServer({ pauseOnConnect: true })

/** A client whose connection lives in `thread`. */
async function clientOf(thread: Worker) {
  const client = net.connect((server.address() as net.AddressInfo).port, '127.0.0.1')
  const [accepted] = (await once(server, 'connection')) as [net.Socket]
  thread.postMessage(accepted, [accepted])
  await once(thread, 'message')
  return client
}

async function startThread(count: Int32Array) {
  const thread = new Worker(new URL(import.meta.url), { workerData: count })
  await once(thread, 'message')
  return thread
}

if (isMainThread) {
  const count = new Int32Array(new SharedArrayBuffer(4))
  const first = await startThread(count)
  const second = await startThread(count)
  await once(server.listen(0, '127.0.0.1'), 'listening')

  console.log('two that    in one thread       in a thread for each')
  for (const kind of ['wait', 'compute'] as const) {
    const one = await compare(`${kind}s`, first, first)
    const two = await compare(`${kind}s`, first, second)
    console.log(kind.padEnd(11), one.padEnd(19), two)
  }
  server.close()
  first.terminate()
  second.terminate()
} else {
  parentPort?.on('message', (socket: net.Socket) => {
    socket.on('error', () => socket.destroy())
    serve(socket, workerData)
    parentPort?.postMessage('it is mine')
  })
  parentPort?.postMessage('ready')
}
