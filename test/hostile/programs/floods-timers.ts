// does: never sleeps: a timer is always due
// exercise: endpoints
// status: pass
import { solution } from './accomplice.ts'

export const describeConnection = solution(() => {
  for (let i = 0; i < 1000; i++) setInterval(() => {}, 1)
})
