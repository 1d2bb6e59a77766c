const seconds = Date.UTC(2012, 7, 6, 9, 9, 17) / 1000
const show = (title: string, value: number) =>
  console.log(title, value, new Date(value * 1000).toISOString())
show('sent:       ', seconds)

const big = Buffer.alloc(4)
big.writeUInt32BE(seconds)
const little = Buffer.alloc(4)
little.writeUInt32LE(seconds)
console.log('big-endian:    ', big.toString('hex'))
console.log('little-endian: ', little.toString('hex'))
console.log('this processor:', Buffer.from(new Uint32Array([seconds]).buffer).toString('hex'))

show('read as sent:', big.readUInt32BE())
show('read swapped:', big.readUInt32LE())
