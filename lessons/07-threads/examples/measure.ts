import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'

// #region measure
const work = {
  waits: () => sleep(200),
  computes: async () => {
    let sum = 0
    for (let i = 0; i < 50_000_000; i += 1) sum += i
    return sum
  },
}
type Kind = keyof typeof work

if (isMainThread) {
  const threads: Worker[] = []
  for (let i = 0; i < 4; i += 1) {
    const thread = new Worker(new URL(import.meta.url))
    await once(thread, 'message')
    threads.push(thread)
  }

  /** Four pieces of work, dealt out to so many threads. */
  const timeFor = async (kind: Kind, count: number) => {
    const begin = performance.now()
    const busy = threads.slice(0, count)
    for (const thread of busy) thread.postMessage({ kind, times: 4 / count })
    await Promise.all(busy.map((thread) => once(thread, 'message')))
    return `${Math.round(performance.now() - begin)} ms`.padEnd(11)
  }

  console.log('four that  1 thread   2 threads  4 threads')
  for (const kind of ['waits', 'computes'] as const) {
    const [one, two, four] = [
      await timeFor(kind, 1),
      await timeFor(kind, 2),
      await timeFor(kind, 4),
    ]
    console.log(kind.padEnd(10), `${one}${two}${four}`.trimEnd())
  }
  for (const thread of threads) thread.terminate()
} else {
  parentPort?.on('message', async ({ kind, times }: { kind: Kind; times: number }) => {
    await Promise.all(Array.from({ length: times }, () => work[kind]()))
    parentPort?.postMessage('done')
  })
  parentPort?.postMessage('ready')
}
// #endregion
