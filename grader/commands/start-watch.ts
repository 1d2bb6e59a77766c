import fs from 'node:fs'
import path from 'node:path'
import { type ExerciseInfo, root } from '../manifest.ts'

/**
 * A write to a file is several events; it is over when this long nothing more happened, in milliseconds.
 * A later step of the same save only begins the run anew.
 */
const SETTLE_MS = 5

/** How often files are looked at where a file system tells of no saves (a share, a mount), in milliseconds. */
const LOOK_MS = 1_000

/**
 * Calls `onSave` for each exercise one of whose .ts files changed. A file whose content is as it was
 * (a touch, a save without a change) counts too: somebody asks for a verdict. Where the file system
 * sends no events, or refuses to, the files that are there now are looked at every second instead.
 */
export function watchSaves(
  exercises: readonly ExerciseInfo[],
  onSave: (exercise: ExerciseInfo) => void,
): { close(): void } {
  const timers = new Map<ExerciseInfo, NodeJS.Timeout>()
  /** when each file was changed last, as far as that led to a call */
  const known = new Map<string, number>()
  const saved = (exercise: ExerciseInfo, file: string) => {
    clearTimeout(timers.get(exercise))
    const settled = () => {
      known.set(file, fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0)
      onSave(exercise)
    }
    timers.set(exercise, setTimeout(settled, SETTLE_MS))
  }
  const watcher = watchFolder(path.join(root, 'exercises'), (name) => {
    const file = path.join(root, 'exercises', name)
    const exercise = exercises.find(({ folder }) => folder === path.dirname(file))
    if (exercise && file.endsWith('.ts')) saved(exercise, file)
  })
  const looked = exercises.flatMap((exercise) =>
    programsOf(exercise).map((file) => {
      fs.watchFile(file, { interval: LOOK_MS, persistent: false }, ({ mtimeMs }) => {
        if (mtimeMs > 0 && mtimeMs !== known.get(file)) saved(exercise, file)
      })
      return file
    }),
  )
  return {
    close: () => {
      watcher?.close()
      for (const file of looked) fs.unwatchFile(file)
      for (const timer of timers.values()) clearTimeout(timer)
    },
  }
}

/** Events of the system for a folder and all below it; undefined where there are none to be had. */
function watchFolder(folder: string, onChange: (name: string) => void): fs.FSWatcher | undefined {
  try {
    const watcher = fs.watch(folder, { recursive: true }, (_event, name) => name && onChange(name))
    // No more watches to be had (ENOSPC), for example: the files are looked at all the same.
    watcher.on('error', () => watcher.close())
    return watcher
  } catch {
    return undefined
  }
}

function programsOf({ folder }: ExerciseInfo): string[] {
  if (!fs.existsSync(folder)) return []
  const names = fs.readdirSync(folder).filter((name) => name.endsWith('.ts'))
  return names.map((name) => path.join(folder, name))
}
