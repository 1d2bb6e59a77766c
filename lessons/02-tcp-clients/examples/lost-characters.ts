import iconv from 'iconv-lite'

for (const text of ['ok?', 'ok 镕', 'ok 😀']) {
  const bytes = iconv.encode(text, 'cp936')
  const kept = iconv.decode(bytes, 'cp936') === text
  console.log(JSON.stringify(text), bytes.toString('hex'), kept ? 'kept' : 'lost something')
}
