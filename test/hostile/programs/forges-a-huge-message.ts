// does: announces a message of 4 GiB to the grader
// exercise: endpoints
// status: fail
// crash: names both ends of an ipv6 connection
// says: descriptor 3
import fs from 'node:fs'
import { solution } from './accomplice.ts'

export const describeConnection = solution(() => {
  fs.writeSync(3, Buffer.alloc(65536, 0xff))
})
