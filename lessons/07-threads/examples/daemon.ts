import { once } from 'node:events'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'

// #region daemon
if (isMainThread) {
  const show = (when: string) => {
    const isKept = process.getActiveResourcesInfo().includes('MessagePort')
    console.log(`${when}, the process is kept alive:`, isKept)
  }
  const thread = new Worker(new URL(import.meta.url))
  await once(thread, 'message')

  thread.unref()
  show('after unref()')
  thread.on('message', () => {})
  show('a listener more')
  thread.unref()
  show('unref() again')
  process.on('exit', () => console.log('the process ends; the thread was at work'))
} else {
  parentPort?.postMessage('at work')
  while (true);
}
// #endregion
