// does: listens where other submissions may call, from a process that is to outlive its own
// exercise: endpoints
// status: pass
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import net from 'node:net'

const script =
  "require('node:net').createServer().listen('\\0hostile-neighbour', () => console.log('ready'))"
const child = spawn('/bin/sh', ['-c', 'exec setsid "$1" -e "$2"', 'sh', process.execPath, script], {
  detached: true,
  env: { PATH: process.env.PATH },
  stdio: ['ignore', 'pipe', 'ignore'],
})
await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])
child.unref()
child.stdout.destroy()
net
  .createServer()
  .on('error', () => {})
  .unref()
  .listen(39_229, '127.0.0.1')

export { describeConnection } from './accomplice.ts'
