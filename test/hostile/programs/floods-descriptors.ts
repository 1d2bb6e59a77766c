// does: opens files until it may not, and then goes on as if nothing were
// exercise: endpoints
// status: pass
import fs from 'node:fs'
import { attempt } from './accomplice.ts'

await attempt('open 10000 files', () => {
  const open: number[] = []
  try {
    while (open.length < 10_000) open.push(fs.openSync(import.meta.filename, 'r'))
    return 'yes'
  } finally {
    for (const fd of open) fs.closeSync(fd)
  }
})

export { describeConnection } from './accomplice.ts'
