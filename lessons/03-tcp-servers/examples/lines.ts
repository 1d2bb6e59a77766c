// Three lines and a piece of a fourth, as TCP may deliver them.
const chunks = [Buffer.from('one\n\nthr'), Buffer.from('ee\nfou')]

for (const chunk of chunks) console.log('a chunk:', JSON.stringify(chunk.toString()))

let rest = Buffer.alloc(0)
for (const chunk of chunks) {
  rest = Buffer.concat([rest, chunk])
  let end = rest.indexOf('\n')
  while (end !== -1) {
    console.log('a line:', JSON.stringify(rest.toString('utf8', 0, end)))
    rest = rest.subarray(end + 1)
    end = rest.indexOf('\n')
  }
}
console.log('left over:', JSON.stringify(rest.toString()))
