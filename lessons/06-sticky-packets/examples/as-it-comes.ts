// #region body
/** Takes bodies of announced sizes off a stream and counts the newlines in each. Keeps no byte. */
function counter(sizes: number[]): (chunk: Buffer) => string[] {
  let missing = sizes.shift() ?? Number.POSITIVE_INFINITY
  let newlines = 0
  return (chunk) => {
    const done: string[] = []
    let bytes = chunk
    while (bytes.length > 0) {
      const part = bytes.subarray(0, missing)
      newlines += part.filter((byte) => byte === 0x0a).length
      missing -= part.length
      bytes = bytes.subarray(part.length)
      if (missing > 0) break
      done.push(`${newlines} newlines`)
      newlines = 0
      missing = sizes.shift() ?? Number.POSITIVE_INFINITY
    }
    return done
  }
}
// #endregion

// #region feed
const stream = Buffer.from('a\nb\n' + 'c' + '\n\n\n')
console.log('at once:     ', counter([4, 1, 3])(stream))

const read = counter([4, 1, 3])
const reports = [...stream].flatMap((byte) => read(Buffer.from([byte])))
console.log('byte by byte:', reports)
// #endregion
