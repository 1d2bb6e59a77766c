// does: reads the environment, as it is now and as it was at the start
// exercise: endpoints
// status: pass
import fs from 'node:fs'
import { attempt } from './accomplice.ts'

const seen = [
  ...Object.entries(process.env).map(([key, value]) => `${key}=${value}`),
  ...['self', 'thread-self'].flatMap((name) => {
    try {
      return fs.readFileSync(`/proc/${name}/environ`, 'utf8').split('\0')
    } catch {
      return []
    }
  }),
  JSON.stringify(
    (process.report.getReport() as { environmentVariables?: unknown }).environmentVariables ?? '',
  ),
]
await attempt('find what is no business of a program', () =>
  seen
    .filter((one) => /canary|^(USER|SHELL|SSH_|GITHUB_|npm_|VITEST|COURSE_SEED)/.test(one))
    .join(', '),
)

export { describeConnection } from './accomplice.ts'
