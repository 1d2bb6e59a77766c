import path from 'node:path'
import type { ExerciseInfo } from '../manifest.ts'
import type { FindingData } from '../wire/finding.ts'
import type { Outcome } from './result.ts'
import { readOpenOrSealed } from './seal.ts'

/** How each known mistake of an exercise fails: written by the project's tests, read when grading. */
export type Causes = Record<string, Cause>

export type Cause = {
  bug: string
  lesson: string
  fails: string
  signs: Signs
  /** failing tests whose feedback hangs on time, by title: it is not compared */
  varies?: string[]
}

/** For each test that fails, by title, in which way. */
export type Signs = Record<string, string>

/** How much of a known mistake's failures a submission must show before it is named. */
const LIKENESS = 0.75

export function causesFile(exercise: ExerciseInfo): string {
  return path.join(exercise.mistakes, 'causes.json')
}

/** The recorded mistakes of an exercise; none where nothing was recorded yet. */
export function readCauses(exercise: ExerciseInfo): Causes {
  return JSON.parse(readOpenOrSealed(causesFile(exercise)) ?? '{}')
}

/** In which way each failed test of a run failed, without what depends on seed, port or time. */
export function signsOf(outcomes: readonly Outcome[]): Signs {
  const signs: Signs = {}
  for (const { title, finding } of outcomes) if (finding) signs[title] = signOf(finding)
  return signs
}

/**
 * For each failed test, the known mistake that the whole run looks most like: one whose own failures
 * (nearly) all show here in the same way, this test's among them. More shared failures win.
 */
export function likelyCauses(causes: Causes, signs: Signs): Map<string, Cause> {
  const ranked = Object.values(causes)
    .map((cause) => {
      const titles = Object.keys(cause.signs)
      const shared = titles.filter((title) => signs[title] === cause.signs[title])
      return { cause, shared, likeness: shared.length / Math.max(1, titles.length) }
    })
    .filter(({ likeness, shared }) => likeness >= LIKENESS && shared.length > 0)
    .sort((a, b) => b.shared.length - a.shared.length || b.likeness - a.likeness)
  const likely = new Map<string, Cause>()
  for (const title of Object.keys(signs)) {
    const able = ranked.filter(({ shared }) => shared.includes(title))
    const most = able[0]?.shared.length
    const best =
      able.find(({ cause, shared }) => shared.length === most && cause.fails === title) ?? able[0]
    if (best) likely.set(title, best.cause)
  }
  return likely
}

function signOf(finding: FindingData): string {
  const parts: string[] = [finding.kind]
  if (finding.kind === 'crashed' || finding.kind === 'not loaded') {
    parts.push(/\bE[A-Z]{3,}\b|ERR_[A-Z_]+|\b[A-Z]\w+Error\b/.exec(finding.message)?.[0] ?? '')
  }
  if (finding.differ) parts.push(finding.differ.relation)
  return parts.filter(Boolean).join(', ')
}
