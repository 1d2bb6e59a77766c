import { once } from 'node:events'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'

// #region spinning
if (isMainThread) {
  const hasSpoken = new Int32Array(new SharedArrayBuffer(4))
  const thread = new Worker(new URL(import.meta.url))
  let heard = 0
  thread.on('message', () => {
    heard += 1
  })
  thread.postMessage(hasSpoken)

  while (Atomics.load(hasSpoken, 0) === 0);
  console.log('the thread has spoken; messages heard:', heard)

  await once(thread, 'exit')
  console.log('back in the event loop; messages heard:', heard)
} else {
  parentPort?.once('message', (hasSpoken: Int32Array) => {
    parentPort?.postMessage('hello')
    Atomics.store(hasSpoken, 0, 1)
  })
}
// #endregion
