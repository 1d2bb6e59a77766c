import { createHash, createHmac, pbkdf2Sync } from 'node:crypto'

// #region rounds
const short = (bytes: Buffer) => bytes.toString('hex').slice(0, 16)

for (const user of ['anna', 'bert']) {
  const plain = createHash('sha256').update('pencil').digest()
  const salted = createHash('sha256').update(`salt of ${user}`).update('pencil').digest()
  console.log(user, 'plain', short(plain), 'salted', short(salted))
}

/** The heart of PBKDF2, for the first 32 bytes. */
function rounds(password: string, salt: string, iterations: number): Buffer {
  let last = createHmac('sha256', password).update(salt).update('\0\0\0\x01').digest()
  const sum = Buffer.from(last)
  for (let i = 1; i < iterations; i += 1) {
    last = createHmac('sha256', password).update(last).digest()
    for (const [at, byte] of last.entries()) sum.writeUInt8(sum.readUInt8(at) ^ byte, at)
  }
  return sum
}

console.log('by hand', short(rounds('pencil', 'salt of anna', 4096)))
console.log('PBKDF2 ', short(pbkdf2Sync('pencil', 'salt of anna', 4096, 32, 'sha256')))
// #endregion
