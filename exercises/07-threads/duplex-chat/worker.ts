import { parentPort } from 'node:worker_threads'

/**
 * Runs in a thread of its own, in which the socket of a chat lives. What main.ts posts to the thread
 * arrives as `message` events of `parentPort`; what this posts to `parentPort` arrives at the Worker.
 */
parentPort?.on('message', () => {
  throw new Error('Not written yet: take the socket, send what is typed and tell what comes')
})
