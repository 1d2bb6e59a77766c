// does: loops for ever in one call; the others are right
// exercise: endpoints
// status: fail
// crash: names both ends of an ipv6 connection
// says: busy in a loop
import { solution } from './accomplice.ts'

export const describeConnection = solution(() => {
  for (;;);
})
