// does: writes into the hidden tests, the solutions and the grader
// exercise: endpoints
// status: pass
import fs from 'node:fs'
import { attempt, courses } from './accomplice.ts'

const places = [
  'test/hidden/01-sockets/endpoints.test.ts',
  'test/harness/setup.ts',
  'solutions/01-sockets/endpoints/main.ts',
  'grader/student/host.ts',
  'exercises/01-sockets/endpoints/main.ts',
  'course.ts',
  'package.json',
]
for (const course of courses) {
  for (const place of places) {
    const file = `${course}/${place}`
    await attempt(`write ${place}`, () => {
      fs.appendFileSync(file, '\n// written by a submission\n', { flag: 'r+' })
      return 'yes'
    })
    await attempt(`remove ${place}`, () => {
      fs.renameSync(file, `${file}.gone`)
      fs.renameSync(`${file}.gone`, file)
      return 'yes'
    })
  }
}

export { describeConnection } from './accomplice.ts'
