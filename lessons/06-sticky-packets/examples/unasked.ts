// #region unasked
const HEADER = 2

/** Does not ask whether the header is whole. */
function headlong(): (chunk: Buffer) => string[] {
  let bytes = Buffer.alloc(0)
  return (chunk) => {
    const messages: string[] = []
    bytes = Buffer.concat([bytes, chunk])
    while (bytes.length > 0) {
      const end = HEADER + bytes.readUInt16BE(0)
      if (bytes.length < end) break
      messages.push(bytes.toString('utf8', HEADER, end))
      bytes = bytes.subarray(end)
    }
    return messages
  }
}

/** Does not ask whether the body is whole. */
function trusting(): (chunk: Buffer) => string[] {
  let bytes = Buffer.alloc(0)
  return (chunk) => {
    const messages: string[] = []
    bytes = Buffer.concat([bytes, chunk])
    while (bytes.length >= HEADER) {
      const end = HEADER + bytes.readUInt16BE(0)
      messages.push(bytes.toString('utf8', HEADER, end))
      bytes = bytes.subarray(end)
    }
    return messages
  }
}
// #endregion

const stream = Buffer.from('00026869' + '0000' + '0006e4bda0e5a5bd', 'hex')
for (const make of [headlong, trusting]) {
  let wrong = 0
  for (let cut = 1; cut < stream.length; cut += 1) {
    const read = make()
    try {
      const messages = [...read(stream.subarray(0, cut)), ...read(stream.subarray(cut))]
      if (messages.join('|') !== 'hi||你好') wrong += 1
    } catch {
      wrong += 1
    }
  }
  console.log(`${make.name}: ${wrong} of 13 cuts wrong`)
}
