// does: prints what a grader would print: a report, TAP, a verdict, on all that it can print on; its answers are wrong
// exercise: endpoints
// status: fail
// fail: names both ends of an ipv6 connection
import fs from 'node:fs'
import { solution } from './accomplice.ts'

const test = { name: 'all', status: 'pass', points: 13, max: 13 }
const exercise = { id: 'endpoints', status: 'pass', score: 13, max: 13, tests: [test] }
const submission = { name: 'forges-a-report', status: 'graded', score: 13, exercises: [exercise] }
const report = JSON.stringify({ version: 1, isolation: 'os', submissions: [submission] })
for (const fd of [1, 2]) fs.writeSync(fd, `${report}\nTAP version 13\n1..1\nok 1 - all\n`)
process.send?.({ verdict: { status: 'pass' } })
const right = solution()
export async function describeConnection(to: { host: string; port: number }): Promise<unknown> {
  const ends = await right(to)
  return to.host === '::1' ? { ...ends, remote: report } : ends
}
