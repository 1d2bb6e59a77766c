// does: ends while a child holds its standard output open, so that it never seems to be gone
// exercise: endpoints
// status: fail
// crash: names both ends of an ipv6 connection
// says: process\.exit
import { spawn } from 'node:child_process'
import { solution } from './accomplice.ts'

export const describeConnection = solution(() => {
  spawn('/bin/sh', ['-c', 'sleep 7349'], { detached: true, stdio: 'inherit' }).unref()
  process.exit(0)
})
