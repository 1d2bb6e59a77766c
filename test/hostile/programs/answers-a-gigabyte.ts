// does: answers with a string of half a gigabyte, and with one that is only just too long
// exercise: endpoints
// status: fail
// fail: every test
// says: too large|string longer|Invalid string length|cannot be handed over
export async function describeConnection(to: { port: number }): Promise<string> {
  return 'x'.repeat(to.port % 2 ? 2 ** 28 : 2 ** 26 + 1)
}
