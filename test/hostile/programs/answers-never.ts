// does: answers with thenables that never settle, settle twice, and settle with themselves
// exercise: endpoints
// status: fail
// timeout: names both ends of an ipv6 connection
// says: did not connect|never settled
import { solution } from './accomplice.ts'

const right = solution()
// biome-ignore lint/suspicious/noThenProperty: that is the attack
const never = { then: () => {} }
export function describeConnection(to: { host: string; port: number }): unknown {
  if (to.host === '::1') return never
  return {
    // biome-ignore lint/suspicious/noThenProperty: that is the attack
    then(resolve: (value: unknown) => void) {
      resolve(right(to))
      resolve('pass')
      throw new Error('too late')
    },
  }
}
