// What runs in the thread of one connection: `new Worker(new URL('./worker.ts', import.meta.url))`
// in main.ts starts it. How the connection gets here is yours to write.
import { parentPort, threadId } from 'node:worker_threads'
