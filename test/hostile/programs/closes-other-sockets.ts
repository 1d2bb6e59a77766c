// does: closes sockets that other calls of the same suite opened, by number
// exercise: endpoints
// status: fail

import fs from 'node:fs'
import { solution } from './accomplice.ts'

export const describeConnection = solution(() => {
  setInterval(() => {
    for (let fd = 5; fd < 64; fd++) {
      try {
        fs.closeSync(fd)
      } catch {
        // not open
      }
    }
  }, 1)
})
