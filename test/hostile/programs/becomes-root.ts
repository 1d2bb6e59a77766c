// does: makes itself the administrator of a world of its own: user namespaces, mounts, a new root
// exercise: endpoints
// status: pass
import { execFileSync } from 'node:child_process'
import { attempt, grab } from './accomplice.ts'

const sh = (script: string) =>
  execFileSync('/bin/sh', ['-c', script], { stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8' })
await attempt('mount', () => sh('mount -t tmpfs none /mnt && echo mounted'))
await attempt(
  'mount in a namespace of its own',
  () => sh('unshare -Urm sh -c "mount -t tmpfs none /mnt && echo mounted"') && grab('/root'),
)
await attempt('enter the namespaces of the first process', () =>
  sh('nsenter -t 1 -a cat /etc/hostname'),
)
await attempt('leave by the old root', () => sh('cd /oldroot 2>/dev/null && ls -A | head -3'))
await attempt('open a disk', () => sh('ls /dev | grep -E "^(sd|vd|nvme|loop|mem|kmsg)"'))
await attempt('write to the kernel', () =>
  sh('echo 0 > /proc/sys/kernel/randomize_va_space && echo written'),
)

export { describeConnection } from './accomplice.ts'
