// does: prints what a grader would print: a report, TAP, a verdict, on all that it can print on; its answer is wrong
// exercise: endpoints
// status: fail
// fail: every test but rejects
import fs from 'node:fs'

const test = { name: 'all', status: 'pass', points: 13, max: 13 }
const exercise = {
  id: 'endpoints',
  chapter: '01-sockets',
  status: 'pass',
  score: 13,
  max: 13,
  tests: [test],
}
const submission = {
  name: 'forges-a-report',
  path: '/',
  status: 'graded',
  score: 13,
  max: 13,
  exercises: [exercise],
}
const report = JSON.stringify({
  version: 1,
  course: 'sockets',
  seed: '0',
  isolation: 'os',
  submissions: [submission],
})
for (const fd of [1, 2])
  fs.writeSync(fd, `${report}\nTAP version 13\n1..1\nok 1 - all\n✓ endpoints 13/13 pass\n`)
process.send?.({ verdict: { status: 'pass' } })
process.exitCode = 0
export const describeConnection = async () => report
