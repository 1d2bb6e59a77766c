// does: writes bytes that are no message to the grader's descriptor
// exercise: endpoints
// status: fail
// crash: every test
// says: descriptor 3
import fs from 'node:fs'

fs.writeSync(3, '{"status":"pass","score":13,"max":13}\n'.repeat(3))

export { describeConnection } from './accomplice.ts'
