import iconv from 'iconv-lite'

const text = 'ok, 问题正在处理中...'
console.log('characters:', text.length)
console.log('UTF-8 bytes:', Buffer.byteLength(text))
console.log('GBK bytes:', iconv.encode(text, 'cp936').length)
