// does: calls itself without end
// exercise: endpoints
// status: fail
// fail: names both ends of an ipv6 connection
// says: Maximum call stack
import { solution } from './accomplice.ts'

export const describeConnection = solution(() => {
  const deeper = (): unknown => deeper()
  deeper()
})
