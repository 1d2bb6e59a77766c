// does: kills, stops and interrupts whoever started it
// node: that is the grader, which dies of it
// exercise: endpoints
// status: pass
import { attempt, expectLocked, solution } from './accomplice.ts'

await attempt('aim at the parent', () => {
  try {
    expectLocked()
  } catch (error) {
    return error
  }
})
export const describeConnection = solution(() => {
  expectLocked()
  for (const signal of ['SIGINT', 'SIGUSR1', 'SIGSTOP', 'SIGTERM', 'SIGKILL']) {
    try {
      process.kill(process.ppid, signal)
    } catch {
      // it is not ours to signal
    }
  }
})
