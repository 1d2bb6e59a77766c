// needs linux: other systems have no reusePort that spreads connections
import { once } from 'node:events'
import net from 'node:net'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'

// #region models
type Message = { accepted: net.Socket } | { listen: number } | { report: true }

if (isMainThread) {
  const startThread = async () => {
    const thread = new Worker(new URL(import.meta.url))
    await once(thread, 'message')
    return thread
  }
  const threads = [await startThread(), await startThread()]
  const reports = async () => {
    const counts = threads.map(async (thread) => {
      thread.postMessage({ report: true } satisfies Message)
      const [count] = await once(thread, 'message')
      return count
    })
    return (await Promise.all(counts)).join(' and ')
  }
  const listen = async (server: net.Server, options: net.ListenOptions) => {
    await once(server.listen({ host: '127.0.0.1', ...options }), 'listening')
    return (server.address() as net.AddressInfo).port
  }

  const alone = net.createServer(serve)
  const main = await measure(await listen(alone, { port: 0 }))
  console.log(`main thread alone:      ${main}`)
  alone.close()

  let next = 0
  const handing = net.createServer({ pauseOnConnect: true }, (accepted) => {
    threads[next++ % 2]?.postMessage({ accepted } satisfies Message, [accepted])
  })
  const handed = await measure(await listen(handing, { port: 0 }))
  console.log(`accept and hand over:   ${handed}, ${await reports()}`)
  handing.close()

  const probe = net.createServer()
  const port = await listen(probe, { port: 0, reusePort: true })
  for (const thread of threads) {
    thread.postMessage({ listen: port } satisfies Message)
    await once(thread, 'message')
  }
  probe.close()
  await once(probe, 'close')
  const shared = await measure(port)
  console.log(`a listener in each:     ${shared}, ${await reports()}`)
  for (const thread of threads) thread.terminate()
} else {
  let served = 0
  const count = (socket: net.Socket) => {
    served += 1
    serve(socket)
  }
  parentPort?.on('message', (message: Message) => {
    if ('accepted' in message) count(message.accepted)
    if ('report' in message) {
      parentPort?.postMessage(served)
      served = 0
    }
    if ('listen' in message) {
      const server = net.createServer(count)
      server.listen({ host: '127.0.0.1', port: message.listen, reusePort: true }, () =>
        parentPort?.postMessage('listening'),
      )
    }
  })
  parentPort?.postMessage('ready')
}

function serve(socket: net.Socket) {
  socket.on('error', () => socket.destroy())
  socket.on('data', (word) => {
    let sum = 0
    if (String(word) === 'add') for (let i = 0; i < 3_000_000; i += 1) sum += i
    socket.end(String(sum))
  })
}

/** 200 clients, twenty at a time, who ask for a word; then 200 who ask for a sum. */
async function measure(port: number): Promise<string> {
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
    times.push(`${Math.round(performance.now() - begin)} ms`)
  }
  return times.join(', ')
}
// #endregion
