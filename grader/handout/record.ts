import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { BadCall } from '../exit.ts'

/** What a handout was made of, in handout.json at its top: what tells later what a student has changed. */
export type HandoutRecord = {
  format: 1
  /** the id of the course */
  course: string
  /** of the course, as in package.json */
  version: string
  /** the fingerprint of each file, by its path from the top, with slashes */
  files: Record<string, string>
}

const NAME = 'handout.json'

/** Whether a folder is a handout, and not the course itself. */
export function isHandout(folder: string): boolean {
  return fs.existsSync(path.join(folder, NAME))
}

/** The record of a handout. Throws BadCall for one that nobody can work with. */
export function readRecord(folder: string): HandoutRecord {
  const file = path.join(folder, NAME)
  try {
    const record: Partial<HandoutRecord> = JSON.parse(fs.readFileSync(file, 'utf8'))
    if (record.format === 1 && record.course && isVersion(record.version) && areFiles(record.files))
      return record as HandoutRecord
  } catch {
    // told below, with all else that is no record
  }
  throw new BadCall(
    `${file} cannot be read as the record of a handout; get this file again from where you have the handout`,
  )
}

/** Notes what the files at these paths are like now. Replaces an earlier record whole. */
export function writeRecord(folder: string, record: HandoutRecord): void {
  const next = path.join(folder, `${NAME}.next`)
  fs.writeFileSync(next, `${JSON.stringify(record, null, 2)}\n`)
  fs.renameSync(next, path.join(folder, NAME))
}

/** What tells one content from another, whatever line ends a file has on this machine; undefined for no file. */
export function fingerprint(file: string): string | undefined {
  if (!fs.statSync(file, { throwIfNoEntry: false })?.isFile()) return undefined
  const bytes = fs.readFileSync(file)
  const content = bytes.includes(0) ? bytes : bytes.toString('latin1').replaceAll('\r\n', '\n')
  return createHash('sha256').update(content).digest('base64url')
}

/** A version becomes part of file names. */
function isVersion(version: unknown): boolean {
  return /^\d[\w.+-]*$/.test(String(version))
}

/** Every path leads to a place below the folder, and to none that is the student's or the machine's. */
function areFiles(files: HandoutRecord['files'] | undefined): boolean {
  if (typeof files !== 'object' || files === null) return false
  return Object.entries(files).every(
    ([name, print]) => typeof print === 'string' && isPlaceInside(name),
  )
}

/** What is the student's or the machine's, and never part of a handout. */
const NEVER = new Set(['.course', '.git', 'node_modules'])

/** Whether a path from the top leads to a place below it that may be the course's. */
function isPlaceInside(name: string): boolean {
  const parts = name.toLowerCase().split('/')
  return !NEVER.has(parts[0] ?? '') && parts.every((part) => /^(?!\.{1,2}$)[^\\:\0]+$/.test(part))
}
