// needs linux: elsewhere reusePort is missing, or does not spread the connections
import { once } from 'node:events'
import net from 'node:net'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'

// #region models
type Order = { socket: net.Socket } | { listen: number } | { howMany: true }

function alone(): net.Server {
  return net.createServer(serve)
}

function handsOver(threads: Worker[]): net.Server {
  let next = 0
  return net.createServer({ pauseOnConnect: true }, (socket) => {
    threads[next]?.postMessage({ socket } satisfies Order, [socket])
    next = (next + 1) % threads.length
  })
}

/** In each thread: everybody listens at the same port. */
function listenToo(port: number): net.Server {
  return net.createServer(serve).listen({ port, host: '127.0.0.1', reusePort: true })
}
// #endregion

let served = 0

function serve(socket: net.Socket) {
  served += 1
  socket.on('error', () => socket.destroy())
  socket.on('data', (word) => {
    let sum = 0
    if (String(word) === 'add') for (let i = 0; i < 1_000_000; i += 1) sum += i
    socket.end(String(sum))
  })
}

/** How long it takes to serve 200 clients who ask for a word, and 200 who ask for a sum. */
async function timesFor(port: number): Promise<string> {
  const ask = (word: string) => {
    const socket = net.connect(port, '127.0.0.1')
    socket.write(word)
    return once(socket.resume(), 'close')
  }
  const times: string[] = []
  for (const word of ['hello', 'add']) {
    const begin = performance.now()
    for (let i = 0; i < 10; i += 1) {
      await Promise.all(Array.from({ length: 20 }, () => ask(word)))
    }
    times.push(`${Math.round(performance.now() - begin)} ms`.padEnd(11))
  }
  return times.join('')
}

async function told(thread: Worker, order: Order) {
  thread.postMessage(order)
  const [answer] = await once(thread, 'message')
  return answer
}

async function listening(server: net.Server): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return (server.address() as net.AddressInfo).port
}

async function startThread() {
  const thread = new Worker(new URL(import.meta.url))
  await once(thread, 'message')
  return thread
}

if (isMainThread) {
  const threads = [await startThread(), await startThread()]
  const shares = async () => {
    const counts: number[] = []
    for (const thread of threads) counts.push(await told(thread, { howMany: true }))
    return counts.join(' and ')
  }
  console.log('                      words      sums       served by each thread')
  const inMain = alone()
  console.log(`main thread alone     ${(await timesFor(await listening(inMain))).trimEnd()}`)
  inMain.close()

  const handing = handsOver(threads)
  console.log(`accept and hand over  ${await timesFor(await listening(handing))}${await shares()}`)
  handing.close()

  // Bound and never listening: it finds a free port, and gets no connections.
  const place = new net.BoundSocket({ host: '127.0.0.1', port: 0, reusePort: true })
  const { port } = place.address()
  for (const thread of threads) await told(thread, { listen: port })
  console.log(`a listener in each    ${await timesFor(port)}${await shares()}`)
  place.close()
  for (const thread of threads) thread.terminate()
} else {
  parentPort?.on('message', (order: Order) => {
    if ('socket' in order) serve(order.socket)
    if ('listen' in order) listenToo(order.listen).on('listening', () => parentPort?.postMessage(0))
    if ('howMany' in order) {
      parentPort?.postMessage(served)
      served = 0
    }
  })
  parentPort?.postMessage('ready')
}
