// does: makes links in its scratch folder to what it may not read, and reads those
// node: the permission model follows links that lead out of a folder
// exercise: endpoints
// status: pass
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { attempt, classroom, courses, grab, homes } from './accomplice.ts'

const targets = [...courses.map((course) => path.join(course, 'test')), classroom, ...homes]
for (const [i, target] of targets.entries()) {
  const link = path.join(os.homedir(), `link-${i}`)
  await attempt(`read by a link to ${target}`, () => {
    fs.symlinkSync(target, link)
    const inner =
      target === classroom
        ? fs.readdirSync(link).filter((name) => name !== path.basename(path.resolve('../../..')))
        : ['.']
    return inner.map((name) => grab(path.join(link, name), 5)).find(Boolean)
  })
  await attempt('read by a hard link', () => {
    fs.linkSync(path.join(target, 'harness/index.ts'), `${link}-hard`)
    return grab(`${link}-hard`)
  })
  fs.rmSync(link, { force: true })
}

export { describeConnection } from './accomplice.ts'
