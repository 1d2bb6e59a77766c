// does: ends itself past every exit handler
// exercise: endpoints
// status: fail
// crash: names both ends of an ipv6 connection
// says: process\.exit\(0\)
import { solution } from './accomplice.ts'

export const describeConnection = solution(() => {
  ;(process as unknown as { reallyExit(code: number): void }).reallyExit(0)
})
