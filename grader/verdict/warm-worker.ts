import type { Worker } from 'node:worker_threads'
import { type PoolOptions, ThreadsPoolWorker, type WorkerRequest } from 'vitest/node'

type Callback = (message: unknown) => void
type Kept = { thread: Worker; isStarted: boolean }

let kept: Kept | undefined

/**
 * A vitest worker thread that outlives a run: with the harness already loaded, a run begins in three
 * milliseconds instead of seventy. Vitest's own pools end their workers after each run; its protocol
 * lets a custom one answer `start` and `stop` without doing either (experimental in vitest 5: the
 * version is pinned).
 */
export class WarmWorker extends ThreadsPoolWorker {
  override name = 'warm'
  readonly #callbacks = new Set<Callback>()
  #isRunning = false

  // A parameter of this class's own: vitest's constructor is not typed as public API.
  static create(options: PoolOptions): WarmWorker {
    return new WarmWorker(options)
  }

  override async start(): Promise<void> {
    const self = this as unknown as { _thread: Worker | undefined }
    if (kept) {
      self._thread = kept.thread
      return
    }
    await super.start()
    if (self._thread) kept = { thread: self._thread, isStarted: false }
  }

  override on(event: string, callback: Callback): void {
    if (event === 'message') this.#callbacks.add(callback)
    super.on(event, callback)
  }

  override off(event: string, callback: Callback): void {
    if (event === 'message') this.#callbacks.delete(callback)
    super.off(event, callback)
  }

  override send(message: WorkerRequest): void {
    if (message.type === 'start' && kept?.isStarted) return this.#answer('started')
    if (message.type === 'stop') return this.#answer('stopped')
    if (message.type === 'start' && kept) kept.isStarted = true
    if (message.type === 'run') {
      this.#isRunning = true
      const finished = (response: unknown) => {
        if ((response as { type?: string }).type !== 'testfileFinished') return
        this.#isRunning = false
        super.off('message', finished)
      }
      super.on('message', finished)
    }
    super.send(message)
  }

  /** Leaves the thread for the next run, unless it was stopped in the middle of one. */
  override async stop(): Promise<void> {
    for (const callback of this.#callbacks) super.off('message', callback)
    if (!this.#isRunning) return
    kept = undefined
    await super.stop()
  }

  #answer(type: 'started' | 'stopped'): void {
    const response = { type, __vitest_worker_response__: true }
    queueMicrotask(() => {
      for (const callback of this.#callbacks) callback(response)
    })
  }
}

/** Ends the thread that is kept. */
export async function endWarmWorker(): Promise<void> {
  const last = kept
  kept = undefined
  await last?.thread.terminate()
}
