// does: closes every handle and descriptor of its process, the grader's among them
// exercise: endpoints
// status: fail
// crash: names both ends of an ipv6 connection
import fs from 'node:fs'
import { solution } from './accomplice.ts'

export const describeConnection = solution(() => {
  const { _getActiveHandles } = process as unknown as {
    _getActiveHandles(): { destroy?(): void }[]
  }
  for (const handle of _getActiveHandles()) handle.destroy?.()
  for (let fd = 3; fd < 20; fd++) {
    try {
      fs.closeSync(fd)
    } catch {
      // not open
    }
  }
})
