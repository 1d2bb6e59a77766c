import { once } from 'node:events'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'

// #region deaths
if (isMainThread) {
  for (const manner of ['throws', 'exits', 'eats memory', 'is terminated']) {
    const thread = new Worker(new URL(import.meta.url), {
      workerData: manner,
      resourceLimits: { maxOldGenerationSizeMb: 20 },
    })
    let error = 'no error'
    thread.on('error', ({ code, message }: NodeJS.ErrnoException) => {
      error = `error ${code ?? message}`
    })
    const exited = new Promise((resolve) => thread.on('exit', resolve))
    await once(thread, 'message')
    if (manner === 'is terminated') thread.terminate()
    else thread.postMessage('now')
    await exited
    console.log(`${manner}: ${error}, exit`)
  }
} else {
  parentPort?.once('message', () => {
    if (workerData === 'throws') throw new Error('boo')
    if (workerData === 'exits') process.exit()
    const eaten: number[][] = []
    while (workerData === 'eats memory') eaten.push(new Array(10_000).fill(1))
  })
  parentPort?.postMessage('ready')
}
// #endregion
