import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const [, script = '', name] = process.argv

// #region writer
if (name) {
  fs.writeFileSync(name, 'half of it')
  console.log('half')
  // The other half never comes: this process waits until it is killed.
  setTimeout(() => fs.renameSync(name, 'report'), 60_000)
}
// #endregion

// #region killer
if (!name) {
  for (const name of ['report', 'report.part']) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lesson-'))
    const writer = spawn(process.execPath, [script, name], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(writer.stdout, 'data')
    writer.kill('SIGKILL')
    await once(writer, 'close')
    console.log(`written as ${name}, killed, left:`, fs.readdirSync(folder))
    fs.rmSync(folder, { recursive: true })
  }
}
// #endregion
