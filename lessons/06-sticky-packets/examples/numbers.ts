// #region numbers
const five = Buffer.from([0, 0, 0, 5])
console.log('big-endian:', five.readUInt32BE(), ' little-endian:', five.readUInt32LE())

const many = Buffer.from([0x9c, 0x40])
console.log('16 bits unsigned:', many.readUInt16BE(), ' signed:', many.readInt16BE())

const huge = Buffer.from([0xff, 0xff, 0xff, 0xff])
const LIMIT = 1000
console.log('unsigned, over the limit:', huge.readUInt32BE() > LIMIT)
console.log('signed, over the limit:', huge.readInt32BE() > LIMIT)

console.log('not digits:', ['', ' ', '0x10', '1e3', '-5', '2.5'].map(Number).join(' '))
// #endregion
