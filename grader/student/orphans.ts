import fs from 'node:fs'
import { processIds } from './quiet.ts'

/** In the environment of a student's process and of all that it starts, unless they take it out. */
export const MARK = 'COURSE_PROGRAM'

/**
 * Kills what a student's program started and left behind in a process group of its own: a process whose
 * environment bears `mark`. `parent` is the program's own id. Linux only; elsewhere such processes are not found.
 */
export function killOrphans(mark: string, parent: number): void {
  if (process.platform !== 'linux') return
  // One may start another while it is looked for, so it is looked again while there were any.
  for (let round = 0; round < MOST_ROUNDS && killRound(`${MARK}=${mark}\0`, parent) > 0; round++);
}

const MOST_ROUNDS = 20

function killRound(needle: string, parent: number): number {
  let killed = 0
  for (const id of bornAfter(parent)) {
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

/**
 * The processes that may have been born after this one: ids are given in ascending order, and begin anew
 * when there are no higher ones. The last number of /proc/loadavg (proc_loadavg(5)) is the last id given.
 */
function bornAfter(parent: number): number[] {
  const last = Number(fs.readFileSync('/proc/loadavg', 'latin1').split(' ')[4])
  const hasBegunAnew = !(last >= parent)
  return processIds().filter((id) => hasBegunAnew || id > parent)
}
