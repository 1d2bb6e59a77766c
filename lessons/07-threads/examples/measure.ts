import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'

const work = {
  waits: () => sleep(200),
  computes: () => {
    let sum = 0
    for (let i = 0; i < 40_000_000; i += 1) sum += i
    return sum
  },
}
type Kind = keyof typeof work

// #region measure
/** How long four pieces of work take, shared out equally among the threads. */
async function timeFor(kind: Kind, threads: Worker[]): Promise<string> {
  const begin = performance.now()
  for (const thread of threads) thread.postMessage({ kind, times: 4 / threads.length })
  await Promise.all(threads.map((thread) => once(thread, 'message')))
  return `${Math.round(performance.now() - begin)} ms`
}
// #endregion

async function startThread() {
  const thread = new Worker(new URL(import.meta.url))
  await once(thread, 'message')
  return thread
}

if (isMainThread) {
  const threads = [
    await startThread(),
    await startThread(),
    await startThread(),
    await startThread(),
  ]
  console.log('four that  1 thread   2 threads  4 threads')
  for (const kind of ['wait', 'compute']) {
    let row = kind.padEnd(11)
    for (const count of [1, 2, 4]) {
      row += (await timeFor(`${kind}s` as Kind, threads.slice(0, count))).padEnd(11)
    }
    console.log(row.trimEnd())
  }
  for (const thread of threads) thread.terminate()
} else {
  parentPort?.on('message', async ({ kind, times }: { kind: Kind; times: number }) => {
    await Promise.all(Array.from({ length: times }, () => work[kind]()))
    parentPort?.postMessage('done')
  })
  parentPort?.postMessage('ready')
}
