import path from 'node:path'
import { fingerprint, type HandoutRecord } from '../handout/record.ts'
import type { Source } from './source.ts'

/**
 * What is to be done with one file of the course:
 *
 * - `add`: it is new here
 * - `replace`: the student has not touched it
 * - `set aside`: the student has changed it, outside of exercises/: a copy is kept, and it is replaced
 * - `beside`: the student's work stays; what it began from has changed, and is laid beside it
 * - `keep`: the student's work stays, and nothing about it has changed
 * - `remove`: the course does not have it any more, and the student has not touched it
 * - `leave`: the course does not have it any more; the student has changed it, and it stays
 */
export type Step = {
  kind: 'add' | 'replace' | 'set aside' | 'beside' | 'keep' | 'remove' | 'leave'
  /** from the top of the folder, with slashes */
  file: string
}

/** The place in which everything is the student's that differs from what was handed out. */
const WORK = 'exercises/'

/** What brings the handout in `folder`, which was handed out as `was`, up to `source`. Files that are right need no step. */
export function planUpdate(folder: string, was: HandoutRecord, { record }: Source): Step[] {
  const steps: Step[] = []
  for (const [file, fresh] of Object.entries(record.files)) {
    const kind = whatToDo(file, fingerprint(path.join(folder, file)), was.files[file], fresh)
    if (kind) steps.push({ kind, file })
  }
  for (const [file, old] of Object.entries(was.files)) {
    if (file in record.files) continue
    const own = fingerprint(path.join(folder, file))
    if (own !== undefined) steps.push({ kind: own === old ? 'remove' : 'leave', file })
  }
  return steps
}

function whatToDo(
  file: string,
  own: string | undefined,
  old: string | undefined,
  fresh: string,
): Step['kind'] | undefined {
  if (own === fresh) return undefined
  if (own === undefined) return 'add'
  if (own === old) return 'replace'
  if (!file.startsWith(WORK)) return old === fresh ? 'keep' : 'set aside'
  return old === fresh ? 'keep' : 'beside'
}

/** Where the new form of a file is laid beside the student's: main.ts, main.0.2.0.ts. */
export function besideName(file: string, { record }: Source): string {
  const { dir, name, ext } = path.posix.parse(file)
  return path.posix.join(dir, `${name}.${record.version}${ext}`)
}
