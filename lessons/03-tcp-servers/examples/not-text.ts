const message = Buffer.from([0x68, 0x69, 0xff, 0xfe])
console.log('came in:', message.toString('hex'))
console.log('through a string:', Buffer.from(message.toString()).toString('hex'))
