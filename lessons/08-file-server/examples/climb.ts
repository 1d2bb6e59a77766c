import path from 'node:path'

// #region climb
const home = '/home/al'
for (const given of ['notes', '/etc/passwd', '../bert/notes', '../alice/notes', '../al/notes']) {
  const joined = path.posix.join(home, given)
  console.log(given, '→', joined, joined.startsWith(home) ? 'inside' : 'outside')
}
console.log('resolve:', path.posix.resolve(home, '/etc/passwd'))
// #endregion
