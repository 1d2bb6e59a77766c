/** The command as an instructor calls it, with a look at how much memory its coordinator takes. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { journalOf } from '../../../grader/class/journal.ts'
import { root } from '../../../grader/manifest.ts'
import type { Report } from '../../../grader/verdict/result.ts'
import { SEED } from './make.ts'

/** How often the memory is looked at; the kernel keeps the peak, so only the last moments can be missed. In milliseconds. */
const LOOK_MS = 200

export type Graded = {
  text: string
  report: Report
  seconds: number
  /** the most memory that the coordinator had at a time, in MiB; nothing where there is no /proc */
  peak: number | undefined
}

/** Grades a class. `killAt` kills the coordinator once so many results are written; then there is no report. */
export async function grade(folder: string, args: string[], killAt: number): Promise<undefined>
export async function grade(folder: string, args: string[]): Promise<Graded>
export async function grade(
  folder: string,
  args: string[],
  killAt?: number,
): Promise<Graded | undefined> {
  const out = path.join(path.dirname(folder), 'report.json')
  const stdout = fs.openSync(out, 'w')
  const began = performance.now()
  const command = ['grade', folder, '--format', 'json', '--seed', SEED, ...args]
  const child = spawn(process.execPath, [path.join(root, 'grader/course.js'), ...command], {
    stdio: ['ignore', stdout, process.stderr.isTTY ? 'inherit' : 'ignore'],
  })
  const ended = once(child, 'close')
  let peak: number | undefined
  const look = setInterval(() => {
    const pid = coordinator(folder)
    peak = (pid && peakOf(pid)) || peak
    if (pid && killAt !== undefined && resultsOf(folder).length >= killAt)
      process.kill(pid, 'SIGKILL')
  }, LOOK_MS)
  const [code] = await ended
  clearInterval(look)
  fs.closeSync(stdout)
  if (killAt !== undefined && code !== 0) return undefined
  if (killAt !== undefined) throw new Error(`grading ${folder} was over before it could be killed`)
  if (code !== 0) throw new Error(`course grade ${folder} ended with status ${code}`)
  const seconds = (performance.now() - began) / 1000
  const text = fs.readFileSync(out, 'utf8')
  return { text, report: JSON.parse(text), seconds, peak }
}

/** The lines of the class's journal that hold a result. */
export function resultsOf(folder: string): string[] {
  const text = fs.readFileSync(journalOf([folder]), 'utf8')
  return text.split('\n').filter((line) => line.startsWith('{"key"'))
}

/** Takes away what grading this class has left in the course. */
export function forget(folder: string): void {
  fs.rmSync(journalOf([folder]), { force: true })
  fs.rmSync(`${journalOf([folder])}.lock`, { force: true })
}

function coordinator(folder: string): number | undefined {
  try {
    return Number(fs.readFileSync(`${journalOf([folder])}.lock`, 'utf8')) || undefined
  } catch {
    return undefined
  }
}

function peakOf(pid: number): number | undefined {
  try {
    const kib = /^VmHWM:\s+(\d+) kB$/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kib === undefined ? undefined : Math.round(Number(kib) / 1024)
  } catch {
    return undefined
  }
}
