// does: leaves last words that are no words, so that describing its end fails in the grader
// exercise: endpoints
// status: fail
// crash: names both ends of an ipv6 connection
// says: ended itself|crashed

import fs from 'node:fs'
import v8 from 'node:v8'
import { solution } from './accomplice.ts'

function frame(message: unknown): Buffer {
  const body = v8.serialize(message)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(body.length)
  return Buffer.concat([length, body])
}

export const describeConnection = solution(() => {
  fs.writeSync(4, frame({ name: 5, message: 5, code: 'x', at: { toString: 1 } }))
  process.exit(0)
})
