// does: answers with values that cannot be handed over: functions, symbols, proxies, promises, getters that throw
// exercise: endpoints
// status: fail
// fail: names both ends of an ipv6 connection
// says: cannot be handed over
import { solution } from './accomplice.ts'

const right = solution()
export async function describeConnection(to: { host: string; port: number }): Promise<unknown> {
  const ends = await right(to)
  if (to.host !== '::1') return ends
  const grim = {
    get local(): never {
      throw new Error('there is no reading this')
    },
  }
  const lie = new Proxy({}, { get: () => 'pass', ownKeys: () => ['pass'] })
  return { grim, ends, more: [() => 1, Symbol('pass'), lie, new WeakMap(), Promise.resolve()] }
}
