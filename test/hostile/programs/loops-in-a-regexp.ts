// does: has a regular expression try 2^50 ways
// exercise: endpoints
// status: fail
// crash: names both ends of an ipv6 connection
// says: busy in a loop
import { solution } from './accomplice.ts'

export const describeConnection = solution(() => {
  ;/^(a+)+$/.test(`${'a'.repeat(50)}!`)
})
