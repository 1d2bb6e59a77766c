import { once } from 'node:events'
import net from 'node:net'
import readline from 'node:readline'
import { Worker } from 'node:worker_threads'

type Endpoint = { host: string; port: number }
/** What a thread is told: first which socket to use, then what to do with it. */
type Order = { socket: net.Socket } | { connect: Endpoint } | { say: string } | { end: true }
/** What it tells. An error would lose its `code` between threads, so its parts are told. */
type News = { heard: string } | { failed: string; code: string | undefined }

const THREAD = new URL('./worker.ts', import.meta.url)

/**
 * Listens at `at` (port 0: any free port) and chats with one joiner at a time, in the order in which
 * they connected; the others wait, and nothing of theirs is lost. Both may speak at any time.
 *
 * Each line typed on stdin is sent in UTF-8 with its `\n`, each line of the joiner's is printed as
 * `peer: TEXT`. The end of stdin is sent as FIN, after all that was typed. The chat is over when the
 * joiner has left (FIN or RST). Its socket lives in a worker thread, which ends with it.
 * Rejects with the system's error (`code`, such as EADDRINUSE) when it cannot listen.
 */
export async function startDuplexChat(at: Endpoint): Promise<net.Server> {
  // pauseOnConnect: nothing is read in this thread, so the other one gets every byte.
  const server = net.createServer({ pauseOnConnect: true })
  server.listen(at.port, at.host)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))

  const keyboard = new Keyboard()
  let last = Promise.resolve()
  server.on('connection', (socket) => {
    last = last.then(() => {
      const thread = new Worker(THREAD)
      thread.postMessage({ socket } satisfies Order, [socket])
      return chat(thread, keyboard)
    })
  })
  server.on('close', () => last.then(() => keyboard.close()))
  return server
}

/**
 * Connects and chats as `startDuplexChat` does. Resolves when the chat is over and its thread has
 * ended; rejects with the system's error (`code`) when it cannot connect.
 */
export async function joinDuplexChat(to: Endpoint): Promise<void> {
  const keyboard = new Keyboard()
  const thread = new Worker(THREAD)
  thread.postMessage({ connect: to } satisfies Order)
  try {
    await chat(thread, keyboard)
  } finally {
    keyboard.close()
  }
}

/** Passes lines between the keyboard and a thread until the thread has ended. */
function chat(thread: Worker, keyboard: Keyboard): Promise<void> {
  return new Promise((resolve, reject) => {
    thread.on('message', (news: News) => {
      if ('heard' in news) console.log(`peer: ${news.heard}`)
      else reject(Object.assign(new Error(news.failed), { code: news.code }))
    })
    thread.on('error', (error) => console.error('the thread died:', error))
    thread.on('exit', () => {
      keyboard.onChange = () => {}
      resolve()
    })
    keyboard.onChange = () => {
      for (const line of keyboard.takeAll()) thread.postMessage({ say: line } satisfies Order)
      if (keyboard.hasEnded) thread.postMessage({ end: true } satisfies Order)
    }
    keyboard.onChange()
  })
}

/** The lines that were typed and not yet said. */
class Keyboard {
  hasEnded = false
  /** called at each line and at the end of input */
  onChange = () => {}
  #waiting: string[] = []
  readonly #input = readline.createInterface({ input: process.stdin })

  constructor() {
    this.#input.on('line', (line) => {
      this.#waiting.push(line)
      this.onChange()
    })
    this.#input.on('close', () => {
      this.hasEnded = true
      this.onChange()
    })
  }

  takeAll(): string[] {
    return this.#waiting.splice(0)
  }

  close() {
    this.#input.close()
  }
}

if (import.meta.main) {
  const [how, host = '127.0.0.1', port = '4000'] = process.argv.slice(2)
  if (how === 'join') {
    await joinDuplexChat({ host, port: Number(port) })
  } else {
    await startDuplexChat({ host: '127.0.0.1', port: Number(how ?? 4000) })
    console.log(`listening on 127.0.0.1:${how ?? 4000}`)
  }
}
