import { spawn } from 'node:child_process'
import { once } from 'node:events'

// #region kill
/** A shell that starts a child of its own, tells its number, and waits for it. */
async function start(detached: boolean) {
  const shell = spawn('/bin/sh', ['-c', 'sleep 60 & echo $!; wait'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    detached,
  })
  const [line] = await once(shell.stdout, 'data')
  return { shell, sleeper: Number(line) }
}

const alone = await start(false)
alone.shell.kill('SIGKILL')
await once(alone.shell, 'exit')
console.log('the shell is dead, its child lives:', process.kill(alone.sleeper, 0))
console.log('the output is still open:', !alone.shell.stdout.destroyed)
process.kill(alone.sleeper, 'SIGKILL')
await once(alone.shell, 'close')

const group = await start(true)
process.kill(-(group.shell.pid as number), 'SIGKILL')
await once(group.shell, 'close')
console.log('the group is dead, and so is the output')
// #endregion
