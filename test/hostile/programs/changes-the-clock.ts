// does: has time stand still for itself, and asks the system to
// exercise: endpoints
// status: pass
import { execFileSync } from 'node:child_process'
import { attempt } from './accomplice.ts'

await attempt('set the clock', () => {
  execFileSync('/bin/sh', ['-c', 'date -s @$(date +%s)'], { stdio: 'ignore' })
  return 'yes'
})
Date.now = () => 0
performance.now = () => 0

export { describeConnection } from './accomplice.ts'
