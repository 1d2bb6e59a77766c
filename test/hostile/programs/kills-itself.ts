// does: kills itself
// exercise: endpoints
// status: fail
// crash: names both ends of an ipv6 connection
// says: killed by SIGKILL
import { solution } from './accomplice.ts'

export const describeConnection = solution(() => {
  process.kill(process.pid, 'SIGKILL')
})
