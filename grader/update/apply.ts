import fs from 'node:fs'
import path from 'node:path'
import { BadCall } from '../exit.ts'
import { writeRecord } from '../handout/record.ts'
import { root } from '../manifest.ts'
import { workFolder } from '../progress.ts'
import { besideName, type Step } from './plan.ts'
import type { Source } from './source.ts'

/** Where what a student changed outside of exercises/ is kept, from the top of the folder. */
export function backupFolder({ record }: Source): string {
  return path.posix.join('.course/backups', `before-${record.version}`)
}

/**
 * Carries a plan out. Everything new is copied into this folder first; then each file takes its place at
 * one stroke, and the record last of all. Whenever it is cut short, each file is whole, and a second run
 * goes on. Throws BadCall when the system refuses.
 */
export function applyUpdate(steps: readonly Step[], source: Source): void {
  const staging = path.join(workFolder, 'update')
  // All this is one turn of the event loop: an interrupt from the keyboard waits until it is done.
  process.on('SIGINT', () => {})
  try {
    fs.rmSync(staging, { recursive: true, force: true })
    for (const { target, file } of writes(steps, source)) {
      const staged = path.join(staging, target)
      fs.mkdirSync(path.dirname(staged), { recursive: true })
      fs.copyFileSync(path.join(source.folder, file), staged)
    }
    for (const { kind, file } of steps) if (kind === 'set aside') keep(file, source)
    for (const { target } of writes(steps, source)) {
      const place = path.join(root, target)
      fs.mkdirSync(path.dirname(place), { recursive: true })
      fs.renameSync(path.join(staging, target), place)
    }
    for (const { kind, file } of steps) if (kind === 'remove') remove(file)
    writeRecord(root, source.record)
    fs.rmSync(staging, { recursive: true, force: true })
  } catch (error) {
    throw new BadCall(
      `the update could not be finished: ${(error as Error).message}. Nothing of yours is lost; when that is mended, run it again`,
    )
  }
}

/** Which file of the source comes to which place. */
function writes(steps: readonly Step[], source: Source): { file: string; target: string }[] {
  return steps.flatMap(({ kind, file }) => {
    if (kind === 'add' || kind === 'replace' || kind === 'set aside')
      return [{ file, target: file }]
    if (kind !== 'beside') return []
    const target = besideName(file, source)
    // One that is there was laid by a run that was cut short, or is the student's.
    return fs.existsSync(path.join(root, target)) ? [] : [{ file, target }]
  })
}

function keep(file: string, source: Source): void {
  const copy = path.join(root, backupFolder(source), file)
  fs.mkdirSync(path.dirname(copy), { recursive: true })
  fs.copyFileSync(path.join(root, file), copy)
}

/** Removes a file, and the folders that become empty by that. */
function remove(file: string): void {
  fs.rmSync(path.join(root, file), { force: true })
  for (let folder = path.dirname(file); folder !== '.'; folder = path.dirname(folder)) {
    const place = path.join(root, folder)
    if (!fs.existsSync(place) || fs.readdirSync(place).length > 0) return
    fs.rmdirSync(place)
  }
}
