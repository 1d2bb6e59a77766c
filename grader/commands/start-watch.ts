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
  const programs = exercises.flatMap((exercise) =>
    programsOf(exercise).map((file) => ({ exercise, file })),
  )
  /** when each file was changed last, as far as that led to a call */
  const known = new Map(programs.map(({ file }) => [file, changedAt(file)]))
  const saved = (exercise: ExerciseInfo, file: string) => {
    clearTimeout(timers.get(exercise))
    const settled = () => {
      known.set(file, changedAt(file))
      onSave(exercise)
    }
    timers.set(exercise, setTimeout(settled, SETTLE_MS))
  }
  const watcher = watchFolder(path.join(root, 'exercises'), (name) => {
    const file = path.join(root, 'exercises', name)
    const exercise = exercises.find(({ folder }) => folder === path.dirname(file))
    if (exercise && file.endsWith('.ts')) saved(exercise, file)
  })
  const look = () => {
    for (const { exercise, file } of programs) {
      fs.stat(file, (error, stat) => {
        if (!error && stat.mtimeMs > (known.get(file) ?? 0)) saved(exercise, file)
      })
    }
  }
  const looking = setInterval(look, LOOK_MS)
  return {
    close: () => {
      watcher?.close()
      clearInterval(looking)
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

function changedAt(file: string): number | undefined {
  return fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs
}
