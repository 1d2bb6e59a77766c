// does: looks for what the programs before it left: see leaves-presents.ts
// exercise: endpoints
// status: pass
import fs from 'node:fs'
import os from 'node:os'
import { attempt } from './accomplice.ts'

await attempt('find what another program left', () => fs.readdirSync(os.homedir()).join(', '))

export { describeConnection } from './accomplice.ts'
