import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'lesson-'))
process.chdir(root)

// #region mkdir
function attempt(name: string, recursive: boolean): string {
  try {
    fs.mkdirSync(name, { recursive })
    return 'made'
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? ''
  }
}

for (const recursive of [false, true]) {
  const results = ['a/b', 'a', 'a'].map((name) => `${name} ${attempt(name, recursive)}`)
  console.log(recursive ? 'recursive:' : 'one level:', results.join(', '))
}
// #endregion
process.chdir(os.tmpdir())
fs.rmSync(root, { recursive: true })
