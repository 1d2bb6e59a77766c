// does: answers with objects that describe themselves: toJSON, toString, Symbol.toStringTag, util.inspect.custom
// exercise: endpoints
// status: fail

const lie = () => 'pass'
export async function describeConnection(): Promise<unknown> {
  return {
    toJSON: lie,
    toString: lie,
    valueOf: lie,
    [Symbol.toStringTag]: 'pass',
    [Symbol.toPrimitive]: lie,
    [Symbol.for('nodejs.util.inspect.custom')]: lie,
  }
}
