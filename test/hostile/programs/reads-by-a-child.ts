// does: has cat and find read for it: Node's permission model does not bind them
// node: reads all that the user may
// exercise: endpoints
// status: pass
import { execFileSync } from 'node:child_process'
import { attempt, classroom, courses, homes, mine } from './accomplice.ts'

const sh = (script: string, ...args: string[]) =>
  execFileSync('/bin/sh', ['-c', script, 'sh', ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
for (const course of courses) {
  await attempt('read the tests', () =>
    sh('find "$1/test" "$1/solutions" -type f | head -3', course),
  )
}
await attempt('read the neighbours', () =>
  sh('find "$1" -type f | grep -v "^$2" | head -3', classroom, mine),
)
for (const home of homes) {
  await attempt(`read ${home}`, () =>
    sh('test "$1" = "$HOME" || find "$1" -type f | head -3', home),
  )
}
await attempt('read other environments', () =>
  sh('cat /proc/[0-9]*/environ | tr "\\0" "\\n" | grep -E "canary|^VITEST"'),
)

export { describeConnection } from './accomplice.ts'
