import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'lesson-')))
process.chdir(root)

// #region entries
fs.mkdirSync('docs')
fs.writeFileSync('docs/long', 'x'.repeat(5000))
fs.symlinkSync('docs/long', 'link')
fs.symlinkSync('nowhere', 'broken')

const entries = fs.readdirSync('.', { withFileTypes: true })
for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
  const kinds = `file ${entry.isFile()}, dir ${entry.isDirectory()}`
  const { size } = fs.lstatSync(entry.name)
  const behind = fs.statSync(entry.name, { throwIfNoEntry: false })
  console.log(`${entry.name}: ${kinds}, size 0: ${size === 0}, behind it: ${behind?.isFile()}`)
}
console.log('link itself:', fs.lstatSync('link').size, ' behind it:', fs.statSync('link').size)
// #endregion
process.chdir(os.tmpdir())
fs.rmSync(root, { recursive: true })
