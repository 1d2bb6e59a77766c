// does: ends itself, and never comes to its end
// exercise: endpoints
// status: fail
// crash: names both ends of an ipv6 connection
// says: busy in a loop|process\.exit
import { solution } from './accomplice.ts'

process.on('exit', () => {
  for (;;);
})
export const describeConnection = solution(() => process.exit(0))
