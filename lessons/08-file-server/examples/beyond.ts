import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lesson-'))
const song = path.join(folder, 'song')

// #region beyond
fs.writeFileSync(song, 'abc')
for (const start of [1, 3, 100]) {
  const bytes = await fs.createReadStream(song, { start }).toArray()
  console.log(`from ${start}:`, Buffer.concat(bytes).length, 'bytes')
}
// #endregion
fs.rmSync(folder, { recursive: true })
