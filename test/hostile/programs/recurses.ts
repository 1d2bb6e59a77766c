// does: calls itself without end, in JavaScript and in the middle of being handed over
// exercise: endpoints
// status: fail
// fail: every test
// says: Maximum call stack|cannot be handed over
export async function describeConnection(): Promise<unknown> {
  const deeper = (): unknown => deeper()
  return deeper()
}
