// does: pollutes the prototypes of all that the grader may use to tell good from bad
// exercise: endpoints
// status: fail

import { EventEmitter } from 'node:events'
import net from 'node:net'

const wrong = { local: { address: '127.0.0.1', port: 1, family: 'IPv4' }, remote: {} }
Object.assign(Object.prototype, {
  status: 'pass',
  ok: true,
  state: 'passed',
  points: 1000,
  passed: true,
})
Map.prototype.get = () => () => {}
Array.prototype.includes = () => true
Array.prototype.some = () => false
Object.is = () => true
JSON.stringify = () => '{"status":"pass"}'
Promise.prototype.catch = function () {
  return this
}
EventEmitter.prototype.emit = () => true
net.Socket.prototype.write = () => true
export const describeConnection = async () => wrong
