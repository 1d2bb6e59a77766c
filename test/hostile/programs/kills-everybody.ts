// does: kills every process that it may signal, and then everyone by number
// node: that is every process of the user's
// exercise: endpoints
// status: fail
// crash: names both ends of an ipv6 connection
// says: the program was killed|process\.exit
import { expectLocked, solution } from './accomplice.ts'

expectLocked()
export const describeConnection = solution(() => {
  expectLocked()
  for (let pid = 1; pid < 400; pid++) {
    try {
      if (pid !== process.pid) process.kill(pid, 'SIGKILL')
    } catch {
      // there is none
    }
  }
  process.kill(-1, 'SIGSTOP')
  process.kill(-1, 'SIGKILL')
  process.kill(process.pid, 'SIGKILL')
})
