// Three lines, as TCP may deliver them.
const chunks = ['one\n\nthr', 'ee\nunended'].map((text) => Buffer.from(text))

for (const chunk of chunks) console.log('a chunk is no line:', JSON.stringify(chunk.toString()))

// #region lines
let rest = Buffer.alloc(0)
function onData(chunk: Buffer) {
  rest = Buffer.concat([rest, chunk])
  let end = rest.indexOf('\n')
  while (end !== -1) {
    console.log('a line:', JSON.stringify(rest.toString('utf8', 0, end)))
    rest = rest.subarray(end + 1)
    end = rest.indexOf('\n')
  }
}
// #endregion

for (const chunk of chunks) onData(chunk)
console.log('left over:', JSON.stringify(rest.toString()))
