// does: looks into every process that it can see: environment, memory, open files, root and folder
// exercise: endpoints
// status: pass
import fs from 'node:fs'
import { attempt, grab, processes } from './accomplice.ts'

const own = new Set(['self', 'thread-self', String(process.pid)])
await attempt(
  'see the grader',
  () => processes().find(({ command }) => /course\.js|worker\.ts|vitest/.test(command))?.command,
)
for (const pid of fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name) && !own.has(name))) {
  await attempt('read an environment', () => {
    const environment = fs.readFileSync(`/proc/${pid}/environ`, 'utf8')
    return /canary|USER=|SHELL=|npm_|VITEST/.exec(environment) && environment
  })
  for (const way of ['root', 'cwd']) {
    await attempt(
      `go by /proc/${pid}/${way}`,
      () =>
        grab(`/proc/${pid}/${way}/root`) ??
        grab(`/proc/${pid}/${way}/home`) ??
        grab(`/proc/${pid}/${way}/test`),
    )
  }
  await attempt('open what another one has open', () => grab(`/proc/${pid}/fd`, 1))
  await attempt('write into the memory of another one', () => {
    fs.closeSync(fs.openSync(`/proc/${pid}/mem`, 'r+'))
    return pid !== '1'
  })
}
await attempt(
  'read by its own root',
  () => grab('/proc/self/root/root') ?? grab('/proc/self/root/home'),
)

export { describeConnection } from './accomplice.ts'
