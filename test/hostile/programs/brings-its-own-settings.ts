// does: brings a package.json, a tsconfig.json and node_modules that would turn everything round (made by odd.ts)
// exercise: endpoints
// status: pass

import iconv from 'iconv-lite'
import { getsockopt } from '#sockopt'
import { attempt } from './accomplice.ts'

await attempt('load other libraries', () => {
  return !iconv.encodingExists('gbk') || typeof getsockopt !== 'function'
})

export { describeConnection } from './accomplice.ts'
