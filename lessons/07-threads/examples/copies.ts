import { once } from 'node:events'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'

// #region copies
let variable = 0

if (isMainThread) {
  const object = { n: 0 }
  const shared = new Int32Array(new SharedArrayBuffer(4))
  const worker = new Worker(new URL(import.meta.url))
  worker.postMessage({ object, shared })
  await once(worker, 'exit')
  console.log({ variable, object: object.n, shared: Atomics.load(shared, 0) })
} else {
  parentPort?.once('message', ({ object, shared }) => {
    variable += 1
    object.n += 1
    Atomics.add(shared, 0, 1)
  })
}
// #endregion
