import { timingSafeEqual } from 'node:crypto'

// #region equal
const right = Buffer.alloc(32)
const proof = Buffer.from('!?*', 'base64')
console.log('no Base64, and no error:', proof.length, 'bytes')
try {
  timingSafeEqual(proof, right)
} catch (error) {
  console.log((error as NodeJS.ErrnoException).code)
}
console.log('p=dHzbZg=='.split('='))
// #endregion
