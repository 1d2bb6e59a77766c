// does: fails with what is no error: nothing, a symbol, proxies and getters that throw, a text that loops
// exercise: endpoints
// status: fail

let calls = 0
const grim = new Proxy(new Error('no'), {
  get: () => {
    throw new Error('no')
  },
  getPrototypeOf: () => {
    throw new Error('no')
  },
})
const values = [
  undefined,
  null,
  Symbol('pass'),
  grim,
  {
    get message() {
      throw new Error('no')
    },
  },
  {
    message: {
      toString: () => {
        throw new Error('no')
      },
    },
  },
  Object.assign(new Error('no'), { stack: { toString: () => 'at main.ts:1:1' } }),
  Object.create(null),
]
export async function describeConnection(): Promise<never> {
  throw values[calls++ % values.length]
}
