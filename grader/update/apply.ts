import fs from 'node:fs'
import path from 'node:path'
import { BadCall } from '../exit.ts'
import { writeRecord } from '../handout/record.ts'
import { root } from '../manifest.ts'
import { workFolder } from '../progress.ts'
import type { Step } from './plan.ts'
import type { Source } from './source.ts'

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
    for (const { target, file } of writes(steps)) {
      copy(path.join(source.folder, file), path.join(staging, target))
    }
    const backup = path.join(workFolder, 'backups', `update-${stamp()}`)
    for (const { kind, file } of steps) {
      if (kind === 'set aside') copy(path.join(root, file), path.join(backup, file))
    }
    for (const { target } of writes(steps)) {
      const place = path.join(root, target)
      fs.mkdirSync(path.dirname(place), { recursive: true })
      fs.renameSync(path.join(staging, target), place)
    }
    for (const { kind, file } of steps) if (kind === 'remove') remove(file)
    writeRecord(root, source.record)
    fs.rmSync(staging, { recursive: true, force: true })
  } catch (error) {
    const { syscall, message } = error as NodeJS.ErrnoException
    if (!syscall) throw error
    throw new BadCall(
      `the update could not be finished: ${message}. Nothing of yours is lost; when that is mended, run it again`,
    )
  }
}

/** Which file of the source comes to which place. */
function writes(steps: readonly Step[]): { file: string; target: string }[] {
  return steps.flatMap(({ kind, file, beside }) => {
    if (beside) return [{ file, target: beside }]
    const isWritten = kind === 'add' || kind === 'replace' || kind === 'set aside'
    return isWritten ? [{ file, target: file }] : []
  })
}

function copy(from: string, to: string): void {
  fs.mkdirSync(path.dirname(to), { recursive: true })
  fs.copyFileSync(from, to)
}

/** The time as a part of a file's name. */
function stamp(): string {
  return new Date().toISOString().replaceAll(':', '-')
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
