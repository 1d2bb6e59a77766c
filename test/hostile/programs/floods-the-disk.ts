// does: writes a gigabyte where it may write, in files of any number
// exercise: endpoints
// status: pass
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { attempt } from './accomplice.ts'

const MIB = Buffer.alloc(1024 * 1024, 1)
await attempt('write a gigabyte', () => {
  const files = [0, 1, 2, 3].map((i) => path.join(os.homedir(), `flood-${i}`))
  try {
    for (const file of files) {
      for (let i = 0; i < 256; i++) fs.appendFileSync(file, MIB)
    }
    return 'yes'
  } finally {
    for (const file of files) fs.rmSync(file, { force: true })
  }
})

export { describeConnection } from './accomplice.ts'
