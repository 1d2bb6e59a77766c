import iconv from 'iconv-lite'

const utf8 = Buffer.from('你好')
const gbk = iconv.encode('你好', 'cp936')
console.log('UTF-8: ', utf8.toString('hex'))
console.log('GBK:   ', gbk.toString('hex'))
console.log('latin1:', Buffer.from('你好', 'latin1').toString('hex'))
console.log('GBK read as UTF-8:', gbk.toString())
console.log('UTF-8 read as GBK:', iconv.decode(utf8, 'cp936'))
