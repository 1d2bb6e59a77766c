// does: prints 100 MB in one line
// exercise: endpoints
// status: fail
// crash: names both ends of an ipv6 connection
// says: printed more than 16 MiB
import { solution } from './accomplice.ts'

export const describeConnection = solution(() => {
  process.stdout.write('x'.repeat(100 * 1024 * 1024))
})
