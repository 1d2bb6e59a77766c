// does: opens the debugger, its own and the grader's (SIGUSR1 has Node listen for one)
// node: the grader listens
// exercise: endpoints
// status: pass
import inspector from 'node:inspector'
import { attempt, expectLocked, processes } from './accomplice.ts'

try {
  inspector.open(0, '127.0.0.1')
} catch {
  // not allowed
}
await attempt('have others listen', () => {
  try {
    expectLocked()
  } catch (error) {
    return error
  }
  for (const { pid } of processes()) {
    try {
      process.kill(pid, 'SIGUSR1')
    } catch {
      // not ours
    }
  }
})
inspector.close()

export { describeConnection } from './accomplice.ts'
