// does: aborts, which leaves a core file where the system writes some
// exercise: endpoints
// status: fail
// crash: names both ends of an ipv6 connection
// says: killed by SIGABRT
import { solution } from './accomplice.ts'

export const describeConnection = solution(() => process.abort())
