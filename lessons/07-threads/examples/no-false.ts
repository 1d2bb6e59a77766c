import { once } from 'node:events'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'

// #region flood
/** Sends 500 jobs of 100,000 characters to a thread that is asleep. */
function flood(thread: Worker) {
  let saidNo = 0
  for (let i = 0; i < 500; i += 1) {
    const answer: unknown = thread.postMessage('x'.repeat(100_000))
    if (answer === false) saidNo += 1
  }
  console.log('postMessage said no:', saidNo)
}
// #endregion

if (isMainThread) {
  const isAwake = new Int32Array(new SharedArrayBuffer(4))
  const thread = new Worker(new URL(import.meta.url))
  thread.postMessage(isAwake)
  await once(thread, 'message')
  flood(thread)
  Atomics.store(isAwake, 0, 1)
  Atomics.notify(isAwake, 0)
  const [received] = await once(thread, 'message')
  console.log('characters that waited for the thread:', received)
} else {
  let received = 0
  parentPort?.on('message', (message: Int32Array | string) => {
    if (typeof message !== 'string') {
      parentPort?.postMessage('asleep from now on')
      Atomics.wait(message, 0, 0)
      return
    }
    received += message.length
    if (received < 500 * 100_000) return
    parentPort?.postMessage(received)
    parentPort?.close()
  })
}
