// does: fails with what throws when it is looked at
// exercise: endpoints
// status: fail
// fail: names both ends of an ipv6 connection
// says: it cannot be described
import { solution } from './accomplice.ts'

function fail(): never {
  throw new Error('there is no looking at this')
}

export const describeConnection = solution(() => {
  throw new Proxy(new Error('no'), { get: fail, getPrototypeOf: fail, has: fail })
})
