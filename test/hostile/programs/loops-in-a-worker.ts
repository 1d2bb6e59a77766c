// does: starts a thread that loops for ever; what is asked for is done all the same
// exercise: endpoints
// status: pass
import { Worker } from 'node:worker_threads'
import { solution } from './accomplice.ts'

export const describeConnection = solution(() => {
  new Worker('for (;;);', { eval: true })
})
