// does: takes memory outside of the heap until there is none, page by page
// exercise: endpoints
// status: pass
import { attempt } from './accomplice.ts'

const GIB = 1024 * 1024 * 1024
await attempt('take 6 GiB of memory', () => {
  const kept: ArrayBuffer[] = []
  // Filled in part: an attack on the machine that runs these tests would be one too many.
  for (let i = 0; i < 6; i++) kept.push(Buffer.allocUnsafeSlow(GIB).fill(1, 0, 65536).buffer)
  return kept.length === 6
})

export { describeConnection } from './accomplice.ts'
