import fs from 'node:fs'
import path from 'node:path'
import { confirm, isCancel } from '@clack/prompts'
import { BadCall } from '../exit.ts'
import type { ExerciseInfo } from '../manifest.ts'
import { workFolder } from '../progress.ts'

/** Puts an exercise's files back to the stub, after asking; 1 when the answer was no. */
export async function reset(exercise: ExerciseInfo, options: { yes?: boolean }): Promise<number> {
  if (!options.yes) {
    if (!process.stdin.isTTY)
      throw new BadCall('nobody is there to ask; say --yes to reset all the same')
    const answer = await confirm({
      message: `Put ${exercise.id} back to its beginning? Your file is kept.`,
    })
    if (isCancel(answer) || !answer) return 1
  }
  console.log(resetFiles(exercise))
  return 0
}

/** Copies the student's files aside and the stub's into their place; says where the copies are. */
export function resetFiles(exercise: ExerciseInfo): string {
  const stamp = new Date().toISOString().replaceAll(':', '-')
  const backup = path.join(workFolder, 'backups', `${exercise.id}-${stamp}`)
  try {
    fs.mkdirSync(backup, { recursive: true })
    putBack(exercise, backup)
  } catch (error) {
    throw new BadCall(`${exercise.id} cannot be put back: ${(error as Error).message}`)
  }
  return `${exercise.id} is as it was at the beginning; your file is in ${backup}`
}

function putBack(exercise: ExerciseInfo, backup: string): void {
  const stubs = path.dirname(exercise.stub)
  for (const name of fs.readdirSync(stubs)) {
    const own = path.join(exercise.folder, name)
    if (fs.existsSync(own)) fs.cpSync(own, path.join(backup, name), { recursive: true })
    fs.cpSync(path.join(stubs, name), own, { recursive: true })
  }
}
