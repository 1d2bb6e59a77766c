import fs from 'node:fs'
import path from 'node:path'
import { setImmediate as breath } from 'node:timers/promises'
import { File, FingerprintIndex, type Pair, Region, TokenizedFile } from '@dodona/dolos-core'
import { type ExerciseInfo, exercises } from '../manifest.ts'
import { type Found, submittedFile } from './read.ts'
import { tokensOf } from './tokens.ts'
import { isJunk } from './unpack.ts'

/**
 * How many tokens make a fingerprint, and out of how many neighbours one is kept (winnowing: Schleimer,
 * Wilkerson, Aiken 2003). Found by trial on programs of the course: with 6 and 3, renamed and rearranged
 * copies have 54 % and more in common, programs written independently up to 27 % in the shortest exercise.
 */
const [TOKENS, WINDOW] = [6, 3]

/** A program with fewer fingerprints of its own than this could hardly have been written otherwise. */
const FEWEST = 10

/** Nobody writes a program larger than this, in bytes. */
const SIZE_LIMIT = 2 ** 20

/** A line of a file, both as people count and name them. */
export type Line = { file: string; line: number }
export type Part = { submission: string; from: Line; to: Line }

/** Two programs that are alike. */
export type Alike = {
  exercise: string
  /** what share of what both wrote the other has too, from 0 to 1 */
  similarity: number
  /** the longest passage in common, in the one and the other */
  fragment: [Part, Part]
}

/** The program of one submission in one exercise; `lines` names each line of all its files in a row. */
type Program = { tokenized: TokenizedFile; lines: Line[] }

/**
 * The pairs of programs of the same exercise that are alike in at least `threshold` (0 to 1), the most
 * alike first. What the exercise's stub gives everybody is left out.
 */
export async function findAlike(found: readonly Found[], threshold: number): Promise<Alike[]> {
  const alike: Alike[] = []
  for (const exercise of exercises) {
    const programs = found.flatMap(({ name, base }) => {
      const folder = base === undefined ? '' : path.dirname(submittedFile(base, exercise))
      return (folder && programIn(folder, name)) || []
    })
    alike.push(...(await compare(exercise, programs, threshold)))
  }
  return alike.sort((a, b) => b.similarity - a.similarity)
}

async function compare(exercise: ExerciseInfo, programs: Program[], threshold: number) {
  const index = new FingerprintIndex(TOKENS, WINDOW)
  index.addFiles(programs.map(({ tokenized }) => tokenized))
  // The index ignores only what is in it already.
  const stub = programIn(path.dirname(exercise.stub), 'stub')
  if (stub) index.addIgnoredFile(stub.tokenized)
  const comparable = index
    .entries()
    .flatMap((entry, i) => ({ ...(programs[i] as Program), entry, own: ownFingerprints(entry) }))
    .filter(({ own }) => own >= FEWEST)
  const alike: Alike[] = []
  for (const [i, one] of comparable.entries()) {
    for (const other of comparable.slice(i + 1)) {
      const similarity = inCommon(one.entry, other.entry) / (one.own + other.own)
      if (similarity < threshold) continue
      const pair = index.getPair(one.tokenized, other.tokenized)
      alike.push({
        exercise: exercise.id,
        similarity,
        fragment: longestFragment(pair, one, other),
      })
    }
    // an interrupt is heard here
    await breath()
  }
  return alike
}

type Entry = ReturnType<FingerprintIndex['entries']>[number]

/** How many fingerprints of a program are not the stub's. */
function ownFingerprints({ file, kgrams, ignored }: Entry): number {
  let count = kgrams.length
  for (const fingerprint of ignored) count -= fingerprint.occurrencesOf(file).length
  return count
}

/**
 * How many fingerprints of two programs are in both, counted in each. A Pair of the library's counts the
 * same, and looks for its longest passage at once: far too slow for all pairs of a class.
 */
function inCommon(one: Entry, other: Entry): number {
  const [small, large] = one.shared.size < other.shared.size ? [one, other] : [other, one]
  let count = 0
  for (const fingerprint of small.shared) {
    if (large.shared.has(fingerprint))
      count +=
        fingerprint.occurrencesOf(one.file).length + fingerprint.occurrencesOf(other.file).length
  }
  return count
}

function longestFragment(pair: Pair, one: Program, other: Program): [Part, Part] {
  const [longest] = pair.buildFragments().sort((a, b) => b.pairs.length - a.pairs.length)
  if (!longest) throw new Error('two programs are alike and have no fragment in common')
  return [partOf(one, longest.leftSelection), partOf(other, longest.rightSelection)]
}

function partOf({ tokenized, lines }: Program, { startRow, endRow }: Region): Part {
  const [from, to] = [lines[startRow], lines[endRow]]
  if (!from || !to) throw new Error(`${tokenized.path} has no lines ${startRow} to ${endRow}`)
  return { submission: tokenized.path, from, to }
}

/** All the source files of an exercise's folder as one program; undefined when there is none. */
function programIn(folder: string, submission: string): Program | undefined {
  const sources = sourcesIn(folder)
  if (sources.length === 0) return undefined
  const tokens = tokensOf(sources.map(({ text }) => text))
  const tokenized = new TokenizedFile(
    new File(submission, ''),
    tokens.map(({ word }) => word),
    tokens.map(({ line }, i) => new Region(line, i, line, i + 1)),
  )
  const lines = sources.flatMap(({ file, text }) =>
    text.split('\n').map((_, i) => ({ file, line: i + 1 })),
  )
  return { tokenized, lines }
}

function sourcesIn(folder: string): { file: string; text: string }[] {
  if (!fs.existsSync(folder)) return []
  return fs
    .readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.[cm]?[jt]s$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((file) => ({ file: path.relative(folder, file), place: file }))
    .filter(({ file }) => !file.split(path.sep).some(isJunk))
    .filter(({ place }) => fs.statSync(place).size <= SIZE_LIMIT)
    .sort((a, b) => (a.file < b.file ? -1 : 1))
    .map(({ file, place }) => ({ file, text: fs.readFileSync(place, 'utf8') }))
}
