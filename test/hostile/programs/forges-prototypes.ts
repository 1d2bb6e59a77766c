// does: pollutes the prototypes of all that the grader may use to tell good from bad, and answers wrongly
// exercise: endpoints
// status: fail
import { EventEmitter } from 'node:events'
import { solution } from './accomplice.ts'

const right = solution()
export async function describeConnection(to: { host: string; port: number }): Promise<unknown> {
  const { local } = await right(to)
  if (to.host !== '::1') return { local, remote: local }
  Object.assign(Object.prototype, { status: 'pass', ok: true, state: 'passed', points: 1000 })
  Map.prototype.get = () => () => {}
  Array.prototype.includes = () => true
  Object.is = () => true
  JSON.stringify = () => '{"status":"pass"}'
  Promise.prototype.catch = function () {
    return this
  }
  EventEmitter.prototype.emit = () => true
  return { local, remote: local }
}
