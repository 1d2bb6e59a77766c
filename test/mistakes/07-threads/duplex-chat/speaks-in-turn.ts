// bug: one line is sent, and the next one waits until the peer has said something; but here nobody waits for a turn
// catalogue: -
// fails: lets both speak at any time, any number of lines
// lesson: Both may speak at once

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
  let isMyTurn = true
  return new Promise((resolve, reject) => {
    thread.on('message', (news: News) => {
      if ('heard' in news) {
        console.log(`peer: ${news.heard}`)
        isMyTurn = true
        keyboard.onChange()
      } else reject(Object.assign(new Error(news.failed), { code: news.code }))
    })
    thread.on('error', (error) => console.error('the thread died:', error))
    thread.on('exit', () => {
      keyboard.onChange = () => {}
      resolve()
    })
    keyboard.onChange = () => {
      if (isMyTurn) {
        const line = keyboard.takeOne()
        if (line !== undefined) {
          thread.postMessage({ say: line } satisfies Order)
          isMyTurn = false
        }
      }
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

  takeOne(): string | undefined {
    return this.#waiting.shift()
  }

  close() {
    this.#input.close()
  }
}
