// does: spoils the submissions beside its own, and makes one more
// exercise: endpoints
// status: pass
import fs from 'node:fs'
import path from 'node:path'
import { attempt, classroom } from './accomplice.ts'

for (const name of ['innocent-right', 'innocent-wrong']) {
  await attempt('write into a neighbour', () => {
    fs.appendFileSync(path.join(classroom, name, 'exercises/01-sockets/endpoints/main.ts'), '\n')
    return 'yes'
  })
}
await attempt('make a submission', () => {
  fs.mkdirSync(path.join(classroom, 'one-more'))
  // Where nobody else can see it, nothing is won.
  return fs.readdirSync(classroom).length > 2
})

export { describeConnection } from './accomplice.ts'
