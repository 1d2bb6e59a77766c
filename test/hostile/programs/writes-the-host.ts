// does: puts itself in the place of the program that loads submissions
// exercise: endpoints
// status: pass
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { attempt } from './accomplice.ts'

const host = process.argv[1] ?? ''
const preloads = process.execArgv.flatMap((arg) =>
  arg.startsWith('--import=file:') ? [fileURLToPath(arg.slice(9))] : [],
)
for (const file of [host, ...preloads]) {
  await attempt(`write over ${path.basename(file)}`, () => {
    fs.appendFileSync(file, '\n')
    return 'yes'
  })
  await attempt(`replace ${path.basename(file)}`, () => {
    fs.renameSync(file, `${file}.gone`)
    fs.renameSync(`${file}.gone`, file)
    return 'yes'
  })
}

export { describeConnection } from './accomplice.ts'
