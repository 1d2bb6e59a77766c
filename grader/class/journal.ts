import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { BadCall } from '../exit.ts'
import { workFolder } from '../progress.ts'
import type { Exercise } from '../verdict/result.ts'
import { type Change, compare, type Standing } from './changes.ts'
import { lock } from './lock.ts'

/** The lines of a journal, in JSON. */
type Line =
  /** a seed was chosen; `fresh`: nothing above this line is to be used again */
  | { version: 1; seed: string; fresh?: true }
  /** a program was graded; `submission` is for people who read the journal: the key says all */
  | { key: string; submission: string; result: Exercise }
  /** a run came to its end (ISO 8601); what is different since the one before */
  | { finished: string; changed: Standing[]; gone: string[] }

/** Where a line lies in the journal, in bytes. */
type Place = { at: number; length: number }

/** How much of the journal is read at a time, in bytes. */
const CHUNK = 1024 * 1024

/**
 * What is known of a class: its seed, each result as it came, and how the last finished run stood. Each line
 * is on the disk before the next program is graded, so that a run that was killed, at whatever moment, goes
 * on where it was; and what did not change since an earlier run is not graded again. Nothing is ever
 * rewritten.
 */
export class Journal {
  readonly file: string
  /** what is to be told of the state it was found in; nothing when it was whole */
  readonly damage: string | undefined
  #seed: string | undefined
  /** when the last run ended (ISO 8601) */
  #finished: string | undefined
  readonly #standings = new Map<string, Standing>()
  readonly #results = new Map<string, Place>()
  readonly #descriptor: number
  readonly #unlock: () => void
  #end = 0

  /** Throws BadCall while another run writes it, or when it cannot be written at all. */
  constructor(file: string) {
    this.file = file
    const attempt = <T>(work: () => T): T => {
      try {
        return work()
      } catch (error) {
        if (error instanceof BadCall) throw error
        throw new BadCall(`the journal ${file} cannot be kept: ${(error as Error).message}`)
      }
    }
    this.#unlock = attempt(() => {
      // Grades are nobody else's to read.
      fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
      return lock(`${file}.lock`, 'this class is being graded')
    })
    try {
      this.#descriptor = attempt(() => fs.openSync(file, 'a+', 0o600))
      this.damage = attempt(() => this.#readAll())
    } catch (error) {
      this.#unlock()
      throw error
    }
  }

  /** The seed of the class: the one that is given, else the one kept, else a drawn one. */
  begin(given: string | undefined, isFresh: boolean, draw: () => string): string {
    const kept = isFresh ? undefined : this.#seed
    const seed = given ?? kept ?? draw()
    if (isFresh) this.#results.clear()
    if (isFresh || seed !== this.#seed)
      this.#append({ version: 1, seed, ...(isFresh && { fresh: true }) })
    this.#seed = seed
    return seed
  }

  has(key: string): boolean {
    return this.#results.has(key)
  }

  /** The result with this key, as it was written; none when nothing was. */
  get(key: string): Exercise | undefined {
    const place = this.#results.get(key)
    if (!place) return undefined
    const bytes = Buffer.alloc(place.length)
    fs.readSync(this.#descriptor, bytes, 0, place.length, place.at)
    return JSON.parse(bytes.toString()).result
  }

  /** Writes a result down for good. One of status `error` says nothing of the program, and is left out. */
  add(key: string, submission: string, result: Exercise): void {
    if (result.status === 'error') return
    this.#results.set(key, this.#append({ key, submission, result }))
  }

  /** Notes that a run came to its end; what is different since the last that did, and when that was. */
  finish(now: Standing[], at = new Date()): { since: string | undefined; changes: Change[] } {
    const since = this.#finished
    const changes = compare(this.#standings, now)
    const gone = changes.flatMap(({ name, kind }) => (kind === 'gone' ? name : []))
    const changed = changes.flatMap(({ name, kind, path, results }): Standing[] => {
      if (kind === 'gone') return []
      return [{ name, path, results: Object.fromEntries(results.map(({ id, now }) => [id, now])) }]
    })
    const line = { finished: at.toISOString(), changed, gone }
    this.#append(line)
    this.#apply(line)
    return { since, changes }
  }

  close(): void {
    fs.closeSync(this.#descriptor)
    this.#unlock()
  }

  /** What was wrong with it. A last line that was not written to its end is cut off. */
  #readAll(): string | undefined {
    let isTorn = false
    let spoilt = 0
    for (const { bytes, at, isWhole } of linesOf(this.#descriptor)) {
      if (!isWhole) {
        isTorn = true
        break
      }
      this.#end = at + bytes.length + 1
      const line = parse(bytes)
      if (!line) spoilt += 1
      else if ('seed' in line && line.fresh) this.#results.clear()
      if (line && 'key' in line) this.#results.set(line.key, { at, length: bytes.length })
      if (line && 'seed' in line) this.#seed = line.seed
      if (line && 'finished' in line) this.#apply(line)
    }
    if (isTorn) fs.ftruncateSync(this.#descriptor, this.#end)
    const told = [
      isTorn && 'its last line was not written to its end',
      spoilt > 0 && `${spoilt} of its lines cannot be read`,
    ].filter(Boolean)
    if (told.length === 0) return undefined
    return `the journal ${this.file}: ${told.join(', and ')}; what is missing is graded again`
  }

  #apply({ finished, changed, gone }: Extract<Line, { finished: string }>): void {
    this.#finished = finished
    for (const name of gone) this.#standings.delete(name)
    for (const standing of changed) {
      const results = { ...this.#standings.get(standing.name)?.results, ...standing.results }
      this.#standings.set(standing.name, { ...standing, results })
    }
  }

  #append(line: Line): Place {
    const bytes = Buffer.from(`${JSON.stringify(line)}\n`)
    try {
      fs.writeFileSync(this.#descriptor, bytes)
      fs.fdatasyncSync(this.#descriptor)
    } catch (error) {
      throw new BadCall(
        `the journal ${this.file} cannot be written: ${(error as Error).message}. What is in it is kept; once that is mended, the same command goes on from there.`,
      )
    }
    const place = { at: this.#end, length: bytes.length - 1 }
    this.#end += bytes.length
    return place
  }
}

/**
 * The journal of the class that these paths name, which is the folder that they have in common: a folder
 * of submissions and the list of all that lie in it (`class/` and `class/*`) are the same class.
 */
export function journalOf(paths: readonly string[]): string {
  const [first = '.', ...others] = paths.map((given) => path.resolve(given))
  let folder = first
  while (others.some((other) => !`${other}${path.sep}`.startsWith(withEnd(folder))))
    folder = path.dirname(folder)
  const name = path
    .basename(folder)
    .replace(/[^\w.-]+/g, '_')
    .slice(0, 40)
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 8)
  return path.join(workFolder, 'grades', `${name || 'class'}-${hash}.jsonl`)
}

function withEnd(folder: string): string {
  return folder.endsWith(path.sep) ? folder : folder + path.sep
}

/** A line, if these bytes are one of a version that is known here. */
function parse(bytes: Buffer): Line | undefined {
  try {
    const line = JSON.parse(bytes.toString())
    if (line.version === 1 && typeof line.seed === 'string') return line
    if (typeof line.key === 'string' && Array.isArray(line.result?.tests)) return line
    if (typeof line.finished === 'string' && Array.isArray(line.changed)) return line
  } catch {
    // written by nobody we know
  }
  return undefined
}

/** The lines of a file, without their ends, and where each begins. The last may lack its end. */
function* linesOf(
  descriptor: number,
): Generator<{ bytes: Buffer; at: number; isWhole: boolean }, void> {
  let rest: Buffer = Buffer.alloc(0)
  let at = 0
  for (;;) {
    const chunk = Buffer.alloc(CHUNK)
    const length = fs.readSync(descriptor, chunk, 0, CHUNK, at + rest.length)
    if (length === 0) break
    rest = Buffer.concat([rest, chunk.subarray(0, length)])
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      yield { bytes: rest.subarray(0, end), at, isWhole: true }
      at += end + 1
      rest = rest.subarray(end + 1)
    }
  }
  if (rest.length > 0) yield { bytes: rest, at, isWhole: false }
}
