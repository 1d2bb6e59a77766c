import fs from 'node:fs'
import { childrenOf } from './quiet.ts'

/*
 * How much memory a process has is asked of the kernel, not of the process: to ask it would wake it,
 * and a peak between two questions would be missed. proc_pid_status(5): VmRSS is what is resident now,
 * VmHWM the most there ever was; proc_pid_clear_refs(5): writing 5 begins that anew. Linux only.
 */

/** The process's resident memory in bytes, now and at its highest; undefined where nobody can tell. */
export function residentBytes(pid: number): { now: number; peak: number } | undefined {
  try {
    const status = fs.readFileSync(`/proc/${pid}/status`, 'latin1')
    const field = (name: string) =>
      Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) * 1024
    return { now: field('VmRSS'), peak: field('VmHWM') }
  } catch {
    return undefined
  }
}

/** Makes the peak begin anew from what is resident now. */
export function forgetPeak(pid: number): void {
  try {
    fs.writeFileSync(`/proc/${pid}/clear_refs`, '5')
  } catch {
    // nobody can tell here; residentBytes says so
  }
}

/** What a process and all that it started have resident together, in bytes; 0 where nobody can tell. */
export function residentWithChildren(pid: number): number {
  const own = residentBytes(pid)?.now ?? 0
  return childrenOf(pid).reduce((sum, child) => sum + residentWithChildren(child), own)
}
