import fs from 'node:fs'
import { BadCall } from '../exit.ts'

/**
 * Keeps other processes from the work that `file` stands for, until the function it returns is called.
 * The lock of a process that is no more is taken over. Throws BadCall while a living one has it.
 */
export function lock(file: string, work: string): () => void {
  const own = `${file}.${process.pid}`
  fs.writeFileSync(own, `${process.pid}\n`)
  try {
    // A link appears with its content or not at all: nobody reads a lock without a number in it.
    while (!linked(own, file)) removeIfLeft(file, work)
  } finally {
    fs.rmSync(own, { force: true })
  }
  return () => fs.rmSync(file, { force: true })
}

function linked(own: string, file: string): boolean {
  try {
    fs.linkSync(own, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Takes away a lock that a killed process left. Of two that come to it at once, one moves it. */
function removeIfLeft(file: string, work: string): void {
  const holder = holderOf(file)
  if (holder !== undefined && isAlive(holder)) {
    throw new BadCall(
      `${work} by process ${holder} right now; wait until it is done. If that process is something else, remove ${file}.`,
    )
  }
  const aside = `${file}.left-${process.pid}`
  try {
    fs.renameSync(file, aside)
  } catch {
    // another one was quicker
    return
  }
  // What was moved may be a new lock that the quicker one has made meanwhile: it gets it back.
  if (holderOf(aside) !== holder) linked(aside, file)
  fs.rmSync(aside, { force: true })
}

/** The process that a lock names; none when the lock is gone, or names none. */
function holderOf(file: string): number | undefined {
  try {
    return Number.parseInt(fs.readFileSync(file, 'utf8'), 10) || undefined
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // somebody else's process lives, too
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
