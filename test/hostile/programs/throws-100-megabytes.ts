// does: fails with a message, a name and a code of fifty megabytes in all
// exercise: endpoints
// status: fail
// fail: names both ends of an ipv6 connection
// says: ^describeConnection (threw|rejected): [^]{2000,6000}$
import { solution } from './accomplice.ts'

export const describeConnection = solution(() => {
  const long = 'x'.repeat(17_000_000)
  throw Object.assign(new Error(long), { name: long, code: long })
})
