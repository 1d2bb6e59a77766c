import fs from 'node:fs'
import path from 'node:path'
import type { ExerciseInfo } from '../manifest.ts'
import { makeWorkFolder, workFolder } from '../progress.ts'
import { near } from '../report/near.ts'

const claim = path.join(workFolder, 'session')

/** What will get in a student's way, each in a sentence that says what to do; mostly nothing. */
export function troubles(exercise: ExerciseInfo): string[] {
  return [unwritable(exercise.main), ...claimFolder()].filter((one) => one !== undefined)
}

function unwritable(file: string): string | undefined {
  if (!fs.existsSync(file)) return `${near(file)} is not there; press r to get it back.`
  try {
    fs.accessSync(file, fs.constants.W_OK)
    return undefined
  } catch {
    return `You may not write ${near(file)}. Give yourself the right (chmod u+w), or copy the course to a folder of your own.`
  }
}

/** Notes that a session works in this folder, and tells of another one that does. */
function claimFolder(): (string | undefined)[] {
  try {
    makeWorkFolder()
    const other = fs.existsSync(claim) ? Number(fs.readFileSync(claim, 'utf8')) : 0
    fs.writeFileSync(claim, String(process.pid))
    return [isAlive(other) ? elsewhere(other) : undefined]
  } catch (error) {
    const { message } = error as Error
    return [
      `What you pass will be forgotten at the end, for ${near(workFolder)} cannot be written (${message.split(',')[0]}). Copy the course to a folder that you may write.`,
    ]
  }
}

function elsewhere(pid: number): string {
  return `Another npm start is at work in this folder (process ${pid}), so each save is graded twice. Quit one of the two.`
}

/** Takes the note back, unless it is another session's by now. */
export function leaveFolder(): void {
  try {
    if (fs.readFileSync(claim, 'utf8') === String(process.pid)) fs.rmSync(claim)
  } catch {
    // It is not there, or cannot be written: nothing to take back.
  }
}

function isAlive(pid: number): boolean {
  try {
    return pid > 0 && pid !== process.pid && process.kill(pid, 0)
  } catch {
    return false
  }
}
