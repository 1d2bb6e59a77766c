import { once } from 'node:events'
import fs from 'node:fs'
import fsp from 'node:fs/promises'

// #region unheard
const uncaught = once(process, 'uncaughtException')
try {
  fs.createReadStream('/no/such/file')
  console.log('no error so far')
} catch {
  console.log('caught here')
}
console.log('would end the program:', (await uncaught)[0].code)

try {
  await fsp.open('/no/such/file')
} catch (error) {
  console.log('caught here:', (error as NodeJS.ErrnoException).code)
}
// #endregion
