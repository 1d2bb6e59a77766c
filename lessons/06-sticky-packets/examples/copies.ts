// #region copies
const CHUNKS = 1024
const chunk = Buffer.alloc(1024)

let copied = 0
function concat(chunks: Buffer[]): Buffer {
  const whole = Buffer.concat(chunks)
  copied += whole.length
  return whole
}

let bytes: Buffer = Buffer.alloc(0)
for (let i = 0; i < CHUNKS; i += 1) bytes = concat([bytes, chunk])
console.log('joined with each chunk, copied:', copied)

copied = 0
const chunks: Buffer[] = []
for (let i = 0; i < CHUNKS; i += 1) chunks.push(chunk)
concat(chunks)
console.log('joined once, copied:', copied)
// #endregion
