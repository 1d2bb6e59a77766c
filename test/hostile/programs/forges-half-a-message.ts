// does: announces a message to the grader and sends half of it, so that the answers after it are taken for the rest
// exercise: endpoints
// status: fail
// crash: names both ends of an ipv6 connection
// says: descriptor 3
import fs from 'node:fs'
import { solution } from './accomplice.ts'

export const describeConnection = solution(() => {
  fs.writeSync(3, Buffer.from([0, 0, 0, 200, 0xff, 0x0f]))
})
