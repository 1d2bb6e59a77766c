import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

// #region links
const root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'lesson-')))
process.chdir(root)
fs.mkdirSync('anna')
fs.mkdirSync('bert')
fs.writeFileSync('bert/diary', 'dear diary')
fs.symlinkSync('../bert', 'anna/friend')
fs.symlinkSync('../bert/diary', 'anna/book')
fs.symlinkSync('../bert/new', 'anna/later')

const { O_RDONLY, O_NOFOLLOW } = fs.constants
function open(name: string): string {
  try {
    fs.closeSync(fs.openSync(name, O_RDONLY | O_NOFOLLOW))
    return 'opened'
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? ''
  }
}

for (const name of ['anna/book', 'anna/friend/diary']) {
  console.log(name)
  console.log('  is a link:', fs.lstatSync(name).isSymbolicLink())
  console.log('  O_NOFOLLOW:', open(name))
  console.log('  realpath:', path.relative(root, fs.realpathSync(name)))
}

console.log('anna/later exists:', fs.existsSync('anna/later'))
fs.writeFileSync('anna/later', 'hello')
console.log('bert has:', fs.readdirSync('bert').toSorted().join(', '))
// #endregion
process.chdir(os.tmpdir())
fs.rmSync(root, { recursive: true })
