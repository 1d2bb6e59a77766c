import { once } from 'node:events'
import net from 'node:net'
import { Worker } from 'node:worker_threads'

type Endpoint = { host: string; port: number }
type Job = { rounds: number; text: string; done: (digest: string) => void }

/** How many requests may wait for a worker, over all connections. */
const MOST_WAITING = 1_000

/**
 * Listens at `at` (port 0: any free port). Answers `ROUNDS TEXT\n` with the SHA-256 of TEXT, hashed
 * again ROUNDS - 1 times over its 32 raw bytes, in lower-case hex; at most `threads` workers compute.
 * Answers `ping\n` with `pong\n` whatever they do, and what is no request with `ERR reason\n`. Replies
 * leave in the order of the requests of their connection. While 1,000 requests wait over all
 * connections, a further one gets `BUSY\n` in its place. A worker that dies is replaced, and its
 * request is answered all the same. No worker is left after `close()` and the last client's leaving.
 *
 * Rejects with the system's error (`code`, such as EADDRINUSE) when it cannot listen.
 */
export async function startHashServer(at: Endpoint, threads: number): Promise<net.Server> {
  const pool = new Pool(threads)
  const server = net.createServer({ allowHalfOpen: true }, (socket) => serve(socket, pool))
  server.listen(at.port, at.host)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  // `close` comes when the server has closed and its last client has left.
  server.on('close', () => pool.close())
  return server
}

function serve(socket: net.Socket, pool: Pool) {
  let rest = Buffer.alloc(0)
  // Each reply waits for the one before it, so that they leave in order.
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

/** Gives each job to a worker that is free; jobs wait in order when there is none. */
class Pool {
  readonly #threads: number
  readonly #workers = new Set<Worker>()
  readonly #idle: Worker[] = []
  readonly #jobs = new Map<Worker, Job>()
  readonly #waiting: Job[] = []

  constructor(threads: number) {
    this.#threads = threads
  }

  /** Promises the digest, or returns undefined when too many jobs wait already. */
  run(rounds: number, text: string): Promise<string> | undefined {
    if (this.#waiting.length >= MOST_WAITING) return undefined
    const { promise, resolve } = Promise.withResolvers<string>()
    this.#waiting.push({ rounds, text, done: resolve })
    this.#next()
    return promise
  }

  /** Ends all workers, whatever they do. */
  close() {
    this.#waiting.length = 0
    this.#jobs.clear()
    for (const worker of this.#workers) worker.terminate()
  }

  #next() {
    if (this.#waiting.length === 0) return
    const worker = this.#idle.pop() ?? this.#start()
    const job = worker && this.#waiting.shift()
    if (!job) return
    this.#jobs.set(worker, job)
    worker.postMessage({ rounds: job.rounds, text: job.text })
  }

  /** A new worker, unless there are as many as there may be. */
  #start(): Worker | undefined {
    if (this.#workers.size >= this.#threads) return undefined
    const worker = new Worker(new URL('./worker.ts', import.meta.url))
    this.#workers.add(worker)
    worker.on('message', (digest: string) => {
      this.#jobs.get(worker)?.done(digest)
      this.#jobs.delete(worker)
      this.#idle.push(worker)
      this.#next()
    })
    worker.on('error', (error) => console.error('a worker died:', error))
    worker.on('exit', () => this.#bury(worker))
    return worker
  }

  /** What a dead worker was at work on is the first to be given to another one. */
  #bury(worker: Worker) {
    this.#workers.delete(worker)
    if (this.#idle.includes(worker)) this.#idle.splice(this.#idle.indexOf(worker), 1)
    const job = this.#jobs.get(worker)
    this.#jobs.delete(worker)
    if (job) this.#waiting.unshift(job)
    this.#next()
  }
}

if (import.meta.main) {
  const port = Number(process.argv[2] ?? 4000)
  await startHashServer({ host: '127.0.0.1', port }, 2)
  console.log(`listening on 127.0.0.1:${port}`)
}
