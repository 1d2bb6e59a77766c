// does: will not be ended: it handles every signal that can be handled, and goes on at its exit
// exercise: endpoints
// status: pass
import { constants } from 'node:os'
import { solution } from './accomplice.ts'

export const describeConnection = solution(() => {
  for (const signal of Object.keys(constants.signals) as NodeJS.Signals[]) {
    try {
      process.on(signal, () => {})
    } catch {
      // SIGKILL and SIGSTOP cannot be handled
    }
  }
  process.on('exit', () => {
    for (;;);
  })
  setInterval(() => {}, 1000)
})
