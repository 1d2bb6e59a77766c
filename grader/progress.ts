import fs from 'node:fs'
import path from 'node:path'
import { BadCall } from './exit.ts'
import { root } from './manifest.ts'

/** What the student has done so far. */
export type Progress = {
  version: 1
  /** when an exercise was passed for the first time (ISO 8601), by id */
  passed: Record<string, string>
  /** how many hints were shown, by id */
  hints: Record<string, number>
}

/** Everything that belongs to one student's work and not to the course. */
export const workFolder = path.join(root, '.course')
const file = path.join(workFolder, 'progress.json')

/** Reads the progress. A file that cannot be read is put aside, never overwritten, and told of on stderr. */
export function readProgress(): Progress {
  let text: string
  try {
    text = fs.readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      return { version: 1, passed: {}, hints: {} }
    throw new BadCall(`the progress in ${file} cannot be read: ${(error as Error).message}`)
  }
  try {
    const progress = JSON.parse(text)
    if (progress.version === 1 && isRecord(progress.passed) && isRecord(progress.hints))
      return progress
  } catch {}
  const aside = `${file}.unreadable-${Date.now()}`
  fs.renameSync(file, aside)
  console.error(
    `course: the progress file was not readable; it is kept as ${aside}, and progress begins anew.`,
  )
  return { version: 1, passed: {}, hints: {} }
}

/**
 * Changes the progress. The file is replaced whole: a process killed at any moment leaves the old or the
 * new one. Where it cannot be written (a read-only folder, a full disk) that is a BadCall.
 */
export function updateProgress(change: (progress: Progress) => void): Progress {
  try {
    makeWorkFolder()
    return replaceProgress(change)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (!code) throw error
    throw new BadCall(
      `your progress cannot be written in ${workFolder} (${message.split(',')[0]}); copy the course to a folder that you may write, on a disk with room`,
    )
  }
}

/** Makes the folder if it is not there. (With `recursive`, Node says ENOENT where the system says EROFS.) */
export function makeWorkFolder(): void {
  try {
    fs.mkdirSync(workFolder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

function replaceProgress(change: (progress: Progress) => void): Progress {
  return locked(() => {
    const progress = readProgress()
    change(progress)
    const next = `${file}.${process.pid}`
    const descriptor = fs.openSync(next, 'w')
    try {
      fs.writeSync(descriptor, `${JSON.stringify(progress, null, 2)}\n`)
      fs.fsyncSync(descriptor)
    } finally {
      fs.closeSync(descriptor)
    }
    fs.renameSync(next, file)
    return progress
  })
}

/** A lock older than this was left by a process that was killed, in milliseconds. */
const STALE_MS = 2_000

/** Does `work` while no other process does: `start` and `hint` may run side by side. */
function locked<T>(work: () => T): T {
  const lock = `${file}.lock`
  for (;;) {
    try {
      fs.closeSync(fs.openSync(lock, 'wx'))
      break
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const age = Date.now() - (fs.statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
      if (age > STALE_MS) fs.rmSync(lock, { force: true })
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    }
  }
  try {
    return work()
  } finally {
    fs.rmSync(lock, { force: true })
  }
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
