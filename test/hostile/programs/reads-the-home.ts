// does: reads the instructor's home, the accounts of the machine, and where services keep what they know
// exercise: endpoints
// status: pass
import fs from 'node:fs'
import { attempt, grab, homes } from './accomplice.ts'

for (const home of homes) await attempt(`read ${home}`, () => grab(home))
for (const place of [
  '/etc/shadow',
  '/etc/sudoers',
  '/etc/ssh',
  '/var/lib',
  '/var/log',
  '/var/mail',
  '/srv',
  '/mnt',
  '/media',
  '/run',
  '/boot',
]) {
  await attempt(`read ${place}`, () => grab(place))
}
await attempt('read the accounts', () => {
  const people = fs
    .readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .filter((line) => /:(\d{4,}):/.test(line))
  return people.filter((line) => !line.startsWith('nobody')).join(', ')
})

export { describeConnection } from './accomplice.ts'
