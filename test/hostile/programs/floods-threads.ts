// does: starts threads until it may not
// exercise: endpoints
// status: fail
// crash: names both ends of an ipv6 connection
import { Worker } from 'node:worker_threads'
import { solution } from './accomplice.ts'

export const describeConnection = solution(() => {
  for (let i = 0; i < 400; i++) new Worker('setInterval(() => {}, 1000)', { eval: true })
})
