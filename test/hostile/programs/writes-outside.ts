// does: leaves files wherever programs may usually write: by Node, by a shell, by the name of a socket, by a report
// node: a shell and a socket's name get through
// exercise: endpoints
// status: pass
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { classroom } from './accomplice.ts'

// Not attempts: in a folder that nobody else sees these may well succeed. The test looks for what is left.
for (const folder of [
  '/tmp',
  '/var/tmp',
  '/dev/shm',
  '/run',
  '/root',
  '/home',
  '/etc',
  '/',
  classroom,
]) {
  const file = path.join(folder, 'left-by-a-submission')
  try {
    fs.writeFileSync(file, 'x')
  } catch {
    // prevented
  }
  try {
    execFileSync('/bin/sh', ['-c', 'echo x >> "$1-2"', 'sh', file], { stdio: 'ignore' })
  } catch {
    // prevented
  }
  const server = net.createServer().unref()
  server.on('error', () => {})
  server.listen(`${file}.sock`)
  await Promise.race([once(server, 'listening'), once(server, 'error')]).catch(() => {})
}
process.report.directory = '/tmp'
try {
  process.report.writeReport('left-by-a-submission.json')
} catch {
  // prevented
}

export { describeConnection } from './accomplice.ts'
