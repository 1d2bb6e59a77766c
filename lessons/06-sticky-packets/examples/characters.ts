// #region length
const text = 'ok, 问题正在处理中...'
const stream = Buffer.from(`${text.length}\n${text}3\nbye`)

let rest = stream
for (let i = 0; i < 2; i += 1) {
  const end = rest.indexOf('\n')
  const size = rest.toString('utf8', 0, end)
  const body = rest.subarray(end + 1, end + 1 + Number(size))
  console.log(`size "${size}", body "${body}"`)
  rest = rest.subarray(end + 1 + body.length)
}
console.log('characters:', text.length, 'bytes:', Buffer.byteLength(text))
// #endregion
