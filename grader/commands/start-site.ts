import { setTimeout as delay } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { type SessionMessage, type SiteAnswer, type SiteStart, USUAL_PORT } from '../session.ts'

/** How long the site may take to end, in milliseconds; then its thread is ended without. */
const END_LIMIT_MS = 3_000

const THREAD = new URL('../../site/live/thread.ts', import.meta.url)

type Told = { at(url: string, isElsewhere: boolean): void; failed(sentence: string): void }

/**
 * The lesson site of a session, in a thread of its own: making pages takes the processor for long at
 * times, and no verdict is to wait for one. It tells where it is as soon as it is there, and whether the
 * usual port was taken; when it cannot be, one sentence says so, and the session goes on.
 */
export class Site {
  readonly #thread: Worker
  readonly #ended: Promise<unknown>

  constructor(start: SiteStart, told: Told) {
    this.#thread = new Worker(THREAD, { workerData: start })
    this.#ended = new Promise((resolve) => this.#thread.once('exit', resolve))
    this.#thread.once('message', (answer: SiteAnswer) => {
      if ('url' in answer) told.at(answer.url, isElsewhere(answer.url, start.port))
      else told.failed(complaint(reason(answer, start.port)))
    })
    this.#thread.on('error', (error: NodeJS.ErrnoException) => {
      told.failed(complaint(reason(error)))
    })
  }

  tell(message: SessionMessage): void {
    this.#thread.postMessage(message)
  }

  async close(): Promise<void> {
    this.#thread.postMessage('close')
    await Promise.race([this.#ended, delay(END_LIMIT_MS, undefined, { ref: false })])
    await this.#thread.terminate()
  }
}

function isElsewhere(url: string, wanted: number | undefined): boolean {
  return wanted === undefined && new URL(url).port !== String(USUAL_PORT)
}

function complaint(reason: string): string {
  return `there is no lesson site, ${reason}; grading goes on.`
}

function reason({ code, message }: { code?: string | undefined; message: string }, port?: number) {
  if (code === 'EADDRINUSE') return `for port ${port} is taken (choose another with --port)`
  if (code === 'EACCES') return `for port ${port} is not for you to take (choose one above 1023)`
  if (/Cannot find (module|package)/.test(message)) return 'for its files or packages are not here'
  return `for it failed: ${message.split('\n')[0]}`
}
