// does: fills every folder that it may write to, and asks for room that the machine does not have to spare
// node: no limit
// exercise: endpoints
// status: pass
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { attempt } from './accomplice.ts'

const MIB = Buffer.alloc(1024 * 1024, 1)
const GIB = 1024 * 1024 * 1024
for (const folder of ['/tmp', '/dev/shm', '/var/tmp', import.meta.dirname]) {
  const file = path.join(folder, 'left-by-a-submission')
  await attempt(`write 100 MiB into ${folder}`, () => {
    const fd = fs.openSync(file, 'w')
    try {
      for (let i = 0; i < 100; i++) fs.writeSync(fd, MIB)
      return 'done'
    } finally {
      fs.rmSync(file, { force: true })
    }
  })
}
await attempt('make a file of 4 GiB', () => {
  const file = path.join(os.homedir(), 'large')
  fs.writeFileSync(file, '')
  try {
    fs.truncateSync(file, 4 * GIB)
    return 'done'
  } finally {
    fs.rmSync(file)
  }
})
await attempt('have the whole disk', () => {
  const { bsize, blocks } = fs.statfsSync(os.homedir())
  return bsize * blocks > 2 * GIB && `${(bsize * blocks) / GIB} GiB`
})

export { describeConnection } from './accomplice.ts'
