// bug: all connections share one worker thread, and while it computes for one of them the others wait
// catalogue: 31
// fails: keeps nobody waiting while one thread computes
// lesson: Work that computes, work that waits

import { once } from 'node:events'
import net from 'node:net'
import { Worker } from 'node:worker_threads'

type Endpoint = { host: string; port: number }

export async function startThreadedServer(at: Endpoint): Promise<net.Server> {
  const server = net.createServer({ allowHalfOpen: true, pauseOnConnect: true }, handOver)
  server.listen(at.port, at.host)
  await once(server, 'listening')
  server.on('error', (error) => console.error(`cannot accept: ${error.message}`))
  return server
}

let worker: Worker | undefined

function handOver(socket: net.Socket) {
  worker ??= startWorker()
  worker.postMessage({ socket }, [socket])
}

function startWorker(): Worker {
  const worker = new Worker(new URL('./worker.ts', import.meta.url))
  worker.on('error', (error) => console.error('a thread died:', error))
  worker.on('exit', forget)
  worker.unref()
  return worker
}

function forget() {
  worker = undefined
}
