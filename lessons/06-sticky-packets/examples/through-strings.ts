// #region decoders
const alone = () => String
const streaming = () => {
  const decoder = new TextDecoder()
  return (bytes: Buffer) => decoder.decode(bytes, { stream: true })
}
// #endregion

// #region strings
const greeting = Buffer.from('你好')
function wrongCuts(decoderFor: () => (bytes: Buffer) => string): number {
  return [1, 2, 3, 4, 5].filter((cut) => {
    const decode = decoderFor()
    return decode(greeting.subarray(0, cut)) + decode(greeting.subarray(cut)) !== '你好'
  }).length
}

console.log('each chunk by itself, wrong cuts:', wrongCuts(alone))
console.log('one decoder, wrong cuts:', wrongCuts(streaming))

const everyByte = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))
console.log(everyByte.length, 'bytes become', Buffer.from(String(everyByte)).length)
// #endregion
