// does: answers with values that cannot be handed over: functions, symbols, proxies, each in a call
// exercise: endpoints
// status: fail
// says: cannot be handed over|handle|remote|form|result
let calls = 0
const values = [
  () => 1,
  Symbol('pass'),
  new Proxy({}, { get: () => 'pass', ownKeys: () => ['pass'] }),
  {
    get local() {
      throw new Error('no')
    },
    remote: {},
  },
  { local: new WeakMap(), remote: Promise.resolve() },
  new Proxy([], {
    getPrototypeOf: () => {
      throw new Error('no')
    },
  }),
]
export async function describeConnection(): Promise<unknown> {
  return values[calls++ % values.length]
}
