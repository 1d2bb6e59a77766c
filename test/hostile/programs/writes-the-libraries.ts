// does: puts itself into the libraries and the runtime, for whoever is graded next
// exercise: endpoints
// status: pass
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { attempt } from './accomplice.ts'

const library = fileURLToPath(import.meta.resolve('iconv-lite'))
// No attempts: in a folder that nobody else sees these may well succeed. The test looks for what is left.
for (const above of [
  library,
  path.dirname(library),
  path.dirname(path.dirname(library)),
  process.execPath,
]) {
  try {
    fs.writeFileSync(path.join(path.dirname(above), 'left-by-a-submission'), '')
  } catch {
    // prevented
  }
}
for (const file of [library, process.execPath]) {
  await attempt(`write over ${file}`, () => {
    fs.closeSync(fs.openSync(file, 'r+'))
    return 'yes'
  })
  await attempt(`replace ${file}`, () => {
    fs.renameSync(file, `${file}.gone`)
    fs.renameSync(`${file}.gone`, file)
    return 'yes'
  })
}

export { describeConnection } from './accomplice.ts'
