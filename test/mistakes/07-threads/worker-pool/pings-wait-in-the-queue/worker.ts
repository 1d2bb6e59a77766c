import { hash } from 'node:crypto'
import { parentPort } from 'node:worker_threads'

type Job = { rounds: number; text: string }

parentPort?.on('message', ({ rounds, text }: Job) => {
  if (rounds === 0) return parentPort?.postMessage('pong')
  let digest = hash('sha256', text, 'buffer')
  for (let round = 2; round <= rounds; round++) digest = hash('sha256', digest, 'buffer')
  parentPort?.postMessage(digest.toString('hex'))
})
