// bug: requests were dealt to the threads in turn: some waited behind a long one while another thread was free
// catalogue: -
// fails: gives a request to whichever thread is free
// lesson: A pool of workers

import { once } from 'node:events'
import net from 'node:net'
import { Worker } from 'node:worker_threads'

type Endpoint = { host: string; port: number }
type Job = { rounds: number; text: string; done: (digest: string) => void }

const MOST_WAITING = 1_000

export async function startHashServer(at: Endpoint, threads: number): Promise<net.Server> {
  const pool = new Pool(threads)
  const server = net.createServer({ allowHalfOpen: true }, (socket) => serve(socket, pool))
  server.listen(at.port, at.host)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  server.on('close', () => pool.close())
  return server
}

function serve(socket: net.Socket, pool: Pool) {
  let rest = Buffer.alloc(0)
  let last = Promise.resolve()
  const reply = (text: string | Promise<string>) => {
    last = last.then(async () => {
      const line = `${await text}\n`
      if (socket.writable) socket.write(line)
    })
  }
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk])
    let end = rest.indexOf('\n')
    while (end !== -1) {
      reply(answerTo(rest.toString('utf8', 0, end), pool))
      rest = rest.subarray(end + 1)
      end = rest.indexOf('\n')
    }
  })
  socket.on('end', () => last.then(() => socket.end()))
  socket.on('error', (error) => console.error(`a client broke off: ${error.message}`))
}

function answerTo(line: string, pool: Pool): string | Promise<string> {
  if (line === 'ping') return 'pong'
  const [, digits, text = ''] = /^(\d+) (.*)$/s.exec(line) ?? []
  const rounds = Number(digits)
  if (!Number.isSafeInteger(rounds) || rounds < 1) return 'ERR a request is ROUNDS TEXT or ping'
  return pool.run(rounds, text) ?? 'BUSY'
}

class Pool {
  readonly #threads: number
  readonly #workers: { worker: Worker; jobs: Job[] }[] = []
  #turn = 0
  #isClosed = false

  constructor(threads: number) {
    this.#threads = threads
  }

  run(rounds: number, text: string): Promise<string> | undefined {
    while (this.#workers.length < this.#threads) this.#workers.push(this.#start([]))
    const waiting = this.#workers.reduce((sum, { jobs }) => sum + Math.max(0, jobs.length - 1), 0)
    if (waiting >= MOST_WAITING) return undefined
    const { promise, resolve } = Promise.withResolvers<string>()
    const next = this.#workers[this.#turn++ % this.#threads]
    next?.jobs.push({ rounds, text, done: resolve })
    next?.worker.postMessage({ rounds, text })
    return promise
  }

  close() {
    this.#isClosed = true
    for (const { worker } of this.#workers) worker.terminate()
  }

  #start(jobs: Job[]): { worker: Worker; jobs: Job[] } {
    const worker = new Worker(new URL('./worker.ts', import.meta.url))
    worker.on('message', (digest: string) => jobs.shift()?.done(digest))
    worker.on('error', (error) => console.error('a worker died:', error))
    worker.on('exit', () => {
      if (this.#isClosed) return
      const place = this.#workers.findIndex((one) => one.worker === worker)
      this.#workers[place] = this.#start(jobs)
    })
    for (const { rounds, text } of jobs) worker.postMessage({ rounds, text })
    return { worker, jobs }
  }
}
