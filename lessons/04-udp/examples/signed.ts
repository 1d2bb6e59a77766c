const reply = Buffer.from('80000000', 'hex')
const date = (seconds: number) => new Date(seconds * 1000).toISOString()

console.log('unsigned:', date(reply.readUInt32BE()))
console.log('signed:  ', date(reply.readInt32BE()))
// Shifting and | make a signed number of 32 bits.
const [a = 0, b = 0, c = 0, d = 0] = reply
console.log('by hand: ', date((a << 24) | (b << 16) | (c << 8) | d))

for (const value of [1_344_244_157_000, 1_344_244_157.9]) {
  try {
    reply.writeUInt32BE(value)
    console.log(value, 'becomes', reply.readUInt32BE())
  } catch (error) {
    console.log(value, (error as NodeJS.ErrnoException).code)
  }
}
