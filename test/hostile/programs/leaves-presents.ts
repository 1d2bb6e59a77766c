// does: leaves presents in its scratch folder for the programs that are graded there next: see opens-presents.ts
// exercise: endpoints
// status: pass
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

fs.writeFileSync(path.join(os.homedir(), 'present'), 'for you')
fs.mkdirSync(path.join(os.homedir(), 'presents/deep'), { recursive: true })
fs.chmodSync(path.join(os.homedir(), 'presents'), 0)

export { describeConnection } from './accomplice.ts'
