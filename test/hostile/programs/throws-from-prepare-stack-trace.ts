// does: has the description of its errors fail
// exercise: endpoints
// status: fail
// fail: names both ends of an ipv6 connection
import { solution } from './accomplice.ts'

export const describeConnection = solution(() => {
  Error.prepareStackTrace = () => {
    throw new Error('there is no stack')
  }
  throw new Error('look at my stack')
})
