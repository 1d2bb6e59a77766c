// does: reads the submissions that lie beside its own
// exercise: endpoints
// status: pass
import fs from 'node:fs'
import { attempt, classroom, grab } from './accomplice.ts'

await attempt('read a neighbour', () => grab(classroom, 5))
await attempt('read by the current directory', () => grab(`${process.cwd()}/../../../..`, 5))
await attempt('learn who the neighbours are', () => fs.readdirSync(classroom).length > 1)

export { describeConnection } from './accomplice.ts'
