import { createHash, type Hash, randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { type ExerciseInfo, root } from '../manifest.ts'
import type { Isolation } from '../student/sandbox.ts'
import { causesFile } from '../verdict/causes.ts'
import { sealOf } from '../verdict/seal.ts'

/** What of the course decides over a result, besides the exercise's own tests. */
const DECIDES = [
  'course.ts',
  'package-lock.json',
  'grader/manifest.ts',
  'grader/report/exercise.ts',
  'grader/student',
  'grader/verdict',
  'grader/wire',
  'test/harness',
]

/** More than this in an exercise's folder is not worth reading through: entries, and bytes in all. */
const MOST_ENTRIES = 1_000
const MOST_BYTES = 16 * 1024 * 1024

/** What a folder holds cannot be told by a hash of reasonable cost. */
class NoKey extends Error {}

export type Conditions = { seed: string; isolation: Isolation }

/**
 * Makes the keys of results. Two programs have the same key when there is no way to tell them apart: the
 * same files in the exercise's folder, graded by the same tests, harness, grader and libraries, with the
 * same seed, under the same isolation, on the same Node.
 */
export class Keys {
  readonly #conditions: Conditions
  readonly #course: string
  readonly #exercises = new Map<string, string>()

  constructor(conditions: Conditions) {
    this.#conditions = conditions
    const hash = createHash('sha256')
    for (const name of DECIDES) add(hash, path.join(root, name))
    this.#course = hash.digest('hex')
  }

  /** `base` is the folder with the submission's chapters. What cannot be told by content gets a key that nothing else has. */
  of(exercise: ExerciseInfo, base: string): string {
    const { seed, isolation } = this.#conditions
    const parts = [this.#course, this.#exercise(exercise), seed, isolation]
    const hash = createHash('sha256').update(
      JSON.stringify([...parts, process.version, process.platform]),
    )
    // Without isolation a program may read whatever lies beside its own folder.
    const folder = isolation === 'none' ? base : path.join(base, exercise.place)
    try {
      if (isReached(folder, base)) addFolder(hash, folder)
    } catch {
      return `once-${randomUUID()}`
    }
    return hash.digest('base64url')
  }

  /** The hidden tests, what they share with others of their chapter, the stub, and the known mistakes. */
  #exercise(exercise: ExerciseInfo): string {
    const known = this.#exercises.get(exercise.id)
    if (known) return known
    const chapter = path.dirname(exercise.hidden)
    const shared = fs.readdirSync(chapter).filter((name) => !name.includes('.test.'))
    const hash = createHash('sha256')
    for (const name of shared.sort()) add(hash, path.join(chapter, name))
    add(hash, exercise.stub)
    for (const file of [exercise.hidden, causesFile(exercise)]) {
      add(hash, file)
      add(hash, sealOf(file))
    }
    const digest = hash.digest('hex')
    this.#exercises.set(exercise.id, digest)
    return digest
  }
}

/** Whether there is such a folder. One that is reached through a link has no key: its content is not all that counts. */
function isReached(folder: string, base: string): boolean {
  if (!fs.existsSync(folder)) return false
  const expected = path.join(fs.realpathSync(base), path.relative(base, folder))
  if (fs.realpathSync(folder) !== expected) throw new NoKey()
  return true
}

/** A file or folder of the course; nothing where there is none. */
function add(hash: Hash, place: string): void {
  const stat = fs.statSync(place, { throwIfNoEntry: false })
  if (stat?.isDirectory()) addFolder(hash, place)
  else if (stat) addFile(hash, path.relative(root, place), fs.readFileSync(place))
}

/** All that a folder holds, in an order of its own. Throws where there is anything but files and folders, or too much. */
function addFolder(hash: Hash, folder: string): void {
  let entries = 0
  let bytes = 0
  const visit = (place: string) => {
    const inside = fs.readdirSync(place, { withFileTypes: true })
    entries += inside.length
    if (entries > MOST_ENTRIES) throw new NoKey()
    for (const entry of inside.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const inner = path.join(place, entry.name)
      const name = path.relative(folder, inner)
      if (entry.isDirectory()) {
        hash.update(JSON.stringify([name, 'folder']))
        visit(inner)
      } else if (entry.isFile()) {
        bytes += fs.statSync(inner).size
        if (bytes > MOST_BYTES) throw new NoKey()
        addFile(hash, name, fs.readFileSync(inner))
      } else throw new NoKey()
    }
  }
  visit(folder)
}

/** With its name and size before it, no file can be taken for a part of another. */
function addFile(hash: Hash, name: string, content: Buffer): void {
  hash.update(JSON.stringify([name, content.length])).update(content)
}
