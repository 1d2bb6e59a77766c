// does: reads the solutions, and what other students wrote into the same course
// exercise: endpoints
// status: pass
import path from 'node:path'
import { attempt, courses, grab } from './accomplice.ts'

for (const course of courses) {
  for (const name of ['solutions', 'exercises']) {
    await attempt(`read ${name}`, () => grab(path.join(course, name)))
  }
}

export { describeConnection } from './accomplice.ts'
