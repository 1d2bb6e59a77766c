const bytes = Buffer.from('你好')
// Nothing keeps TCP from cutting here, in the middle of 你.
const chunks = [bytes.subarray(0, 2), bytes.subarray(2)]

let each = ''
for (const chunk of chunks) each += chunk.toString()
console.log('each chunk decoded:', each)

console.log('decoded at the end:', Buffer.concat(chunks).toString())

const decoder = new TextDecoder()
let stream = ''
for (const chunk of chunks) stream += decoder.decode(chunk, { stream: true })
console.log('one decoder:       ', stream + decoder.decode())
