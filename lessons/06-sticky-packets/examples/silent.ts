import { spawn } from 'node:child_process'
import { once } from 'node:events'

// #region run
for (const command of ['echo hi', 'true', 'nosuchcommand', 'echo hi; false', 'cat']) {
  const child = spawn('/bin/sh', ['-c', command], { stdio: ['ignore', 'pipe', 'ignore'] })
  let size = 0
  child.stdout.on('data', (chunk) => {
    size += chunk.length
  })
  const [code] = await once(child, 'close')
  console.log(`${command}: ${size} bytes, exit code ${code}`)
}
// #endregion
