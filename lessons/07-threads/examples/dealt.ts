import { once } from 'node:events'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'

// #region dealt
type Job = { name: string; rounds: number }
const jobs: Job[] = [
  { name: 'long', rounds: 80_000_000 },
  { name: 'short', rounds: 1 },
  { name: 'third', rounds: 1 },
]

async function isDone(thread: Worker, done: string[]) {
  const [job] = await once(thread, 'message')
  done.push(job.name)
}

/** Like cards: one for each thread, and again. */
async function dealInTurn(first: Worker, second: Worker, done: string[]) {
  for (const [i, job] of jobs.entries()) (i % 2 === 0 ? first : second).postMessage(job)
  await Promise.all([isDone(first, done).then(() => isDone(first, done)), isDone(second, done)])
}

/** One line for all: each thread gets its next job when it has done the last. */
async function takeWhenFree(first: Worker, second: Worker, done: string[]) {
  const line = [...jobs]
  const work = async (thread: Worker) => {
    for (let job = line.shift(); job; job = line.shift()) {
      thread.postMessage(job)
      await isDone(thread, done)
    }
  }
  await Promise.all([work(first), work(second)])
}
// #endregion

async function startThread() {
  const thread = new Worker(new URL(import.meta.url))
  await once(thread, 'message')
  return thread
}

if (isMainThread) {
  const first = await startThread()
  const second = await startThread()
  for (const deal of [dealInTurn, takeWhenFree]) {
    const done: string[] = []
    await deal(first, second, done)
    console.log(`${deal.name}: ${done.join(', ')}`)
  }
  first.terminate()
  second.terminate()
} else {
  parentPort?.on('message', ({ name, rounds }: Job) => {
    let sum = 0
    for (let i = 0; i < rounds; i += 1) sum += i
    parentPort?.postMessage({ name, sum })
  })
  parentPort?.postMessage('ready')
}
