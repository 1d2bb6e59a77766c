import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lesson-'))
process.chdir(folder)

// #region replace
function inPlace() {
  fs.writeFileSync('song', 'NEW NEW NEW')
}

function byRename() {
  fs.writeFileSync('song.part', 'NEW NEW NEW')
  fs.renameSync('song.part', 'song')
}

for (const replace of [inPlace, byRename]) {
  fs.writeFileSync('song', 'old old old')
  const reader = fs.openSync('song', 'r')
  const bytes = Buffer.alloc(11)
  fs.readSync(reader, bytes, 0, 4, null)
  replace()
  fs.readSync(reader, bytes, 4, 7, null)
  fs.closeSync(reader)
  console.log(`${replace.name}: ${bytes}, next reader: ${fs.readFileSync('song')}`)
}
// #endregion
process.chdir(os.tmpdir())
fs.rmSync(folder, { recursive: true })
