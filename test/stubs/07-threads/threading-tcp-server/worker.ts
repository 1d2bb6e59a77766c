// What runs in the thread of one connection: it loads the handler's module and calls its functions.
import type { Duplex } from 'node:stream'
import { parentPort, workerData } from 'node:worker_threads'
