// does: answers with an object that describes itself: toJSON, valueOf, Symbol.toStringTag, util.inspect.custom
// exercise: endpoints
// status: fail
// fail: names both ends of an ipv6 connection
import { solution } from './accomplice.ts'

const right = solution()
const lie = () => 'pass'
export async function describeConnection(to: { host: string; port: number }): Promise<unknown> {
  const ends = await right(to)
  if (to.host !== '::1') return ends
  return {
    ...ends,
    remote: { ...ends.remote, port: 1, toJSON: lie, valueOf: lie, [Symbol.toPrimitive]: lie },
    [Symbol.toStringTag]: 'pass',
    [Symbol.for('nodejs.util.inspect.custom')]: lie,
  }
}
