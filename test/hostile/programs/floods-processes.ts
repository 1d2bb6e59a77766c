// does: starts processes until it may not: a fork bomb that would stop at 1500
// node: no limit
// exercise: endpoints
// status: pass
import { execFileSync } from 'node:child_process'
import { attempt } from './accomplice.ts'

const bomb = `
  trap 'kill $started' EXIT
  mkfifo "$HOME/never"; exec 3<>"$HOME/never"; rm "$HOME/never"
  i=0; while [ $i -lt 1500 ]; do (read line) <&3 >/dev/null & started="$started $!"; i=$((i+1)); done
  echo all of them`
await attempt('run 1500 processes at a time', () => {
  const output = execFileSync('/bin/sh', ['-c', bomb], { stdio: ['ignore', 'pipe', 'ignore'] })
  return output.includes('all of them')
})

export { describeConnection } from './accomplice.ts'
