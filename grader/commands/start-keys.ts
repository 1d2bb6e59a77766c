import { once } from 'node:events'
import readline from 'node:readline'
import { confirm, isCancel } from '@clack/prompts'
import colors from 'yoctocolors'
import type { ExerciseInfo } from '../manifest.ts'
import { nextHint } from './hint.ts'
import { list } from './list.ts'
import { resetFiles } from './reset.ts'
import { nextExercise } from './start.ts'

type Actions = {
  current: () => ExerciseInfo
  show: (exercise: ExerciseInfo) => void
  grade: () => void
}

const KEYS = 'keys      h hint · n next · l list · g grade · r reset · q quit'

/** Handles keys until the student quits. Without a terminal it waits for an interrupt. */
export async function listenToKeys(actions: Actions): Promise<void> {
  const interrupted = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
  if (!process.stdin.isTTY) {
    await interrupted
    return
  }
  console.log(colors.dim(KEYS))
  readline.emitKeypressEvents(process.stdin)
  for (;;) {
    const key = await nextKey()
    const exercise = actions.current()
    if (key === 'q' || key === 'ctrl-c') return
    if (key === 'h') console.log(nextHint(exercise))
    else if (key === 'n') actions.show(nextExercise(exercise))
    else if (key === 'l') list()
    else if (key === 'g' || key === 'return') actions.grade()
    else if (key === 'r') await askToReset(exercise)
    else console.log(colors.dim(KEYS))
  }
}

async function nextKey(): Promise<string> {
  process.stdin.setRawMode(true)
  process.stdin.resume()
  const [, key] = (await once(process.stdin, 'keypress')) as [string, readline.Key]
  process.stdin.setRawMode(false)
  process.stdin.pause()
  return key.ctrl && key.name === 'c' ? 'ctrl-c' : (key.name ?? '')
}

async function askToReset(exercise: ExerciseInfo): Promise<void> {
  const answer = await confirm({
    message: `Put ${exercise.id} back to its beginning? Your file is kept.`,
  })
  if (!isCancel(answer) && answer) console.log(resetFiles(exercise))
}
