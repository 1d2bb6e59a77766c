// does: puts another program in the place of its own while it is graded, and all that decides how it is loaded
// exercise: endpoints
// status: pass
import fs from 'node:fs'
import { attempt } from './accomplice.ts'

const file = import.meta.filename
await attempt('write over itself', () => {
  fs.appendFileSync(file, '\n')
  return 'yes'
})
await attempt('remove itself', () => {
  fs.renameSync(file, `${file}.gone`)
  fs.renameSync(`${file}.gone`, file)
  return 'yes'
})
for (const name of ['package.json', 'node_modules', 'core', 'left-behind']) {
  await attempt(`make ${name}`, () => {
    fs.writeFileSync(`${import.meta.dirname}/${name}`, '{}')
    return 'yes'
  })
}
await attempt('change its own mode', () => {
  fs.chmodSync(file, 0o777)
  return fs.statSync(file).mode.toString(8).endsWith('777')
})

export { describeConnection } from './accomplice.ts'
