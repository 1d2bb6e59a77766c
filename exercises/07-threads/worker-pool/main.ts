import net from 'node:net'
import { Worker } from 'node:worker_threads'

type Endpoint = { host: string; port: number }

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
  throw new Error(
    'Not written yet: answer each request with the digest that a few workers compute, in order',
  )
}

if (import.meta.main) {
  const port = Number(process.argv[2] ?? 4000)
  await startHashServer({ host: '127.0.0.1', port }, 2)
  console.log(`listening on 127.0.0.1:${port}`)
}
