import { once } from 'node:events'
import net from 'node:net'
import readline from 'node:readline'
import { Worker } from 'node:worker_threads'

type Endpoint = { host: string; port: number }
type Order = { socket: net.Socket } | { connect: Endpoint } | { say: string } | { end: true }
type News = { heard: string } | { failed: string; code: string | undefined }

const THREAD = new URL('./worker.ts', import.meta.url)

export async function startDuplexChat(at: Endpoint): Promise<net.Server> {
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

function chat(thread: Worker, keyboard: Keyboard): Promise<void> {
  return new Promise((resolve, reject) => {
    thread.on('message', (news: News) => {
      if ('heard' in news) console.log(`peer: ${news.heard}`)
      else reject(Object.assign(new Error(news.failed), { code: news.code }))
    })
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
