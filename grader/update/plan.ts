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
  /** where the new form is laid beside the student's: main.0.2.0.ts */
  beside?: string
}

/** The place in which everything is the student's that differs from what was handed out. */
const WORK = 'exercises/'

/** What brings the handout in `folder`, which was handed out as `was`, up to `source`. Files that are right need no step. */
export function planUpdate(folder: string, was: HandoutRecord, { record }: Source): Step[] {
  const steps: Step[] = []
  for (const [file, fresh] of Object.entries(record.files)) {
    const kind = whatToDo(file, fingerprint(path.join(folder, file)), was.files[file], fresh)
    if (kind === 'beside') {
      steps.push({ kind, file, beside: placeBeside(folder, file, fresh, record.version) })
    } else if (kind) steps.push({ kind, file })
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

/** The first name beside a file that is free, or holds the new form already. */
function placeBeside(folder: string, file: string, fresh: string, version: string): string {
  const { dir, name, ext } = path.posix.parse(file)
  for (let i = 1; ; i += 1) {
    const place = path.posix.join(dir, `${name}.${version}${i > 1 ? `-${i}` : ''}${ext}`)
    const own = fingerprint(path.join(folder, place))
    if (own === undefined || own === fresh) return place
  }
}
