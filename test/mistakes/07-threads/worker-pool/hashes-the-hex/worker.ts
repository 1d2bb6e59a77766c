// bug: further rounds hashed the 64 hex digits that stand for the digest, not its 32 bytes
// catalogue: 16
// fails: answers with the digest, and hashes its 32 bytes again for each further round
// lesson: A pool of workers

import { hash } from 'node:crypto'
import { parentPort } from 'node:worker_threads'

type Job = { rounds: number; text: string }

parentPort?.on('message', ({ rounds, text }: Job) => {
  let digest = hash('sha256', text, 'hex')
  for (let round = 2; round <= rounds; round++) digest = hash('sha256', digest, 'hex')
  parentPort?.postMessage(digest)
})
