// does: answers with an object of twenty thousand keys and an array with four thousand million holes
// exercise: endpoints
// status: fail
// fail: names both ends of an ipv6 connection
// says: ^[^]{0,3000}$
import { solution } from './accomplice.ts'

const right = solution()
export function describeConnection(to: { host: string; port: number }): Promise<unknown> {
  if (to.host !== '::1') return right(to)
  const keys = Array.from({ length: 20_000 }, (_, i) => [`${i}\u001b`, i])
  return right(to).then(() => Object.assign(new Array(2 ** 32 - 1), Object.fromEntries(keys)))
}
