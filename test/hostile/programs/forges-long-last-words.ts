// does: leaves 60 MB of last words
// exercise: endpoints
// status: fail
// crash: names both ends of an ipv6 connection
// says: ^the program crashed: x{2000}…

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
  const words = frame({ name: 'Error', message: 'x'.repeat(60_000_000) })
  for (let at = 0; at < words.length; ) {
    try {
      at += fs.writeSync(4, words, at)
    } catch {
      // the pipe is full for now
    }
  }
  process.exit(0)
})
