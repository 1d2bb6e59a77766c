import fs from 'node:fs'
import path from 'node:path'
import { type ExerciseInfo, root } from '../manifest.ts'

/**
 * A write to a file is several events; it is over when this long nothing more happened, in milliseconds.
 * A later step of the same save only begins the run anew.
 */
const SETTLE_MS = 5

/**
 * Calls `onSave` for each exercise one of whose .ts files changed. A file whose content is as it was
 * (a touch, a save without a change) counts too: somebody asks for a verdict.
 */
export function watchSaves(
  exercises: readonly ExerciseInfo[],
  onSave: (exercise: ExerciseInfo) => void,
): { close(): void } {
  const timers = new Map<ExerciseInfo, NodeJS.Timeout>()
  const watcher = fs.watch(path.join(root, 'exercises'), { recursive: true }, (_event, name) => {
    if (!name?.endsWith('.ts')) return
    const folder = path.join(root, 'exercises', path.dirname(name))
    const exercise = exercises.find((one) => one.folder === folder)
    if (!exercise) return
    clearTimeout(timers.get(exercise))
    timers.set(
      exercise,
      setTimeout(() => onSave(exercise), SETTLE_MS),
    )
  })
  watcher.on('error', (error) => {
    console.error(
      `course: saves cannot be watched any more (${error.message}); start the command again.`,
    )
  })
  return {
    close: () => {
      watcher.close()
      for (const timer of timers.values()) clearTimeout(timer)
    },
  }
}
