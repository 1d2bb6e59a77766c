// does: has the description of its errors fail, and loop once
// exercise: endpoints
// status: fail

let calls = 0
Error.prepareStackTrace = () => {
  if (calls++ === 4) for (;;);
  throw new Error('there is no stack')
}
export async function describeConnection(): Promise<never> {
  throw new Error('look at my stack')
}
