// #region frames
const HEADER = 2

/** Messages with a length of two bytes before each. */
function frameReader(): (chunk: Buffer) => string[] {
  let bytes = Buffer.alloc(0)
  return (chunk) => {
    const messages: string[] = []
    bytes = Buffer.concat([bytes, chunk])
    while (bytes.length >= HEADER) {
      const end = HEADER + bytes.readUInt16BE(0)
      if (bytes.length < end) break
      messages.push(bytes.toString('utf8', HEADER, end))
      bytes = bytes.subarray(end)
    }
    return messages
  }
}
// #endregion

// #region feed
const stream = Buffer.from('00026869' + '0000' + '0006e4bda0e5a5bd', 'hex')
console.log('at once:     ', frameReader()(stream))

const read = frameReader()
const messages = [...stream].flatMap((byte) => read(Buffer.from([byte])))
console.log('byte by byte:', messages)

try {
  stream.subarray(0, 1).readUInt16BE(0)
} catch (error) {
  console.log('half a header:', (error as NodeJS.ErrnoException).code)
}
// #endregion
