import fs from 'node:fs'
import { processIds } from './quiet.ts'

/** In the environment of a student's process and of all that it starts, unless they take it out. */
export const MARK = 'COURSE_PROGRAM'

/**
 * Kills what a student's program started and left behind in a process group of its own: a process whose
 * environment bears `mark`. Linux only; elsewhere such processes are not found.
 */
export function killOrphans(mark: string): void {
  if (process.platform !== 'linux') return
  // One may start another while it is looked for, so it is looked again while there were any.
  for (let round = 0; round < MOST_ROUNDS && killRound(`${MARK}=${mark}\0`) > 0; round++);
}

const MOST_ROUNDS = 20

function killRound(needle: string): number {
  let killed = 0
  for (const id of processIds()) {
    try {
      if (!fs.readFileSync(`/proc/${id}/environ`, 'latin1').includes(needle)) continue
      process.kill(id, 'SIGKILL')
      killed += 1
    } catch {
      // gone meanwhile, or somebody else's: not ours to look into
    }
  }
  return killed
}
