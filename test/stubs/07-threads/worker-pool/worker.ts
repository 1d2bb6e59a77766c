// What runs in each thread of the pool: `new Worker(new URL('./worker.ts', import.meta.url))` in
// main.ts starts it. What the two say to each other is yours to decide.
import { hash } from 'node:crypto'
import { parentPort } from 'node:worker_threads'
