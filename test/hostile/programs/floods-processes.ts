// does: starts processes until it may not; a fork bomb that stops at 500
// node: no limit
// exercise: endpoints
// status: pass
import { execFileSync } from 'node:child_process'
import { attempt } from './accomplice.ts'

await attempt('run 500 processes at a time', () => {
  const bomb =
    'i=0; while [ $i -lt 500 ]; do sleep 1000 & i=$((i+1)); done; echo started $i; kill $(jobs -p)'
  return execFileSync('/bin/sh', ['-c', bomb], { stdio: ['ignore', 'pipe', 'ignore'] }).includes(
    'started 500',
  )
})

export { describeConnection } from './accomplice.ts'
