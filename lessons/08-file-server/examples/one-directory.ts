import { execSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'lesson-')))
process.chdir(root)

// #region directory
fs.mkdirSync('docs')
execSync('cd docs')
console.log('after a cd in a shell, moved:', process.cwd() !== root)

class Connection {
  directory = '/'
}
const [first, second] = [new Connection(), new Connection()]

process.chdir('docs')
first.directory = '/docs'

console.log('after chdir, the process is in', path.basename(process.cwd()))
console.log('the connections are in', first.directory, 'and', second.directory)
// #endregion
process.chdir(os.tmpdir())
fs.rmSync(root, { recursive: true })
