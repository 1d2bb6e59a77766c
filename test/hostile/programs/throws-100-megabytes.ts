// does: fails with a message, a code and a name of tens of megabytes
// exercise: endpoints
// status: fail
// fail: every test
// says: ^[^]{0,3000}$
const long = 'x'.repeat(20_000_000)
export async function describeConnection(): Promise<never> {
  throw Object.assign(new Error(long), { name: long, code: long, syscall: long })
}
