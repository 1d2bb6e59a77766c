// does: stops itself, so that it neither works nor ends
// exercise: endpoints
// status: fail
// crash: names both ends of an ipv6 connection
// says: SIGSTOP
import { solution } from './accomplice.ts'

export const describeConnection = solution(() => {
  process.kill(process.pid, 'SIGSTOP')
})
