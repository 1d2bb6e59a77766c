// does: looks into the folders that all programs share
// exercise: endpoints
// status: pass
import os from 'node:os'
import { attempt, grab } from './accomplice.ts'

for (const place of ['/tmp', '/var/tmp', '/dev/shm', '/dev/mqueue', '/run/user', os.tmpdir()]) {
  await attempt(`read ${place}`, () => grab(place, 3))
}

export { describeConnection } from './accomplice.ts'
