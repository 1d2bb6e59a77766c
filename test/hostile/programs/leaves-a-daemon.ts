// does: leaves a process behind in a session of its own, with an empty environment, deaf to signals, twice forked
// node: an empty environment hides it
// exercise: endpoints
// status: pass
import { execFileSync } from 'node:child_process'

const daemon = "trap '' TERM HUP INT; (while :; do sleep 7349; done) & while :; do sleep 7349; done"
execFileSync('/bin/sh', [
  '-c',
  `setsid env -i /bin/sh -c "$1" >/dev/null 2>&1 </dev/null &`,
  'sh',
  daemon,
])

export { describeConnection } from './accomplice.ts'
