/**
 * What is recorded of how the mistakes of an exercise fail: in causes.json which tests, in which way, and in the golden
 * files the whole feedback. Feedback that hangs on time is kept for readers, marked in causes.json, and not compared.
 */
import fs from 'node:fs'
import path from 'node:path'
import type { ExerciseInfo } from '../grader/manifest.ts'
import {
  type Cause,
  type Causes,
  causesFile,
  readCauses,
  type Signs,
  signsOf,
} from '../grader/verdict/causes.ts'
import { feedbackOn, feedbackText, splitFeedback } from '../grader/verdict/feedback.ts'
import { GOLDEN, goldenFile, type Mistake } from '../grader/verdict/mistakes.ts'
import { normalise } from '../grader/verdict/normalise.ts'
import type { Verdict } from '../grader/verdict/result.ts'

/** The feedback on each failed test, by its title. */
export type Feedbacks = Map<string, string>

/** `recorded` is how the tests fail that were not run, if not all were. */
export function feedbacksOn(
  exercise: ExerciseInfo,
  verdict: Verdict,
  recorded: Signs = {},
): Feedbacks {
  const ran = new Set(verdict.outcomes.map(({ title }) => title))
  const others = Object.entries(recorded).filter(([title]) => !ran.has(title))
  const signs = { ...Object.fromEntries(others), ...signsOf(verdict.outcomes) }
  const all = feedbackOn(exercise, normalise(verdict), signs)
  return new Map(all.map((feedback) => [feedback.title, feedbackText(feedback)]))
}

/** The feedback that was recorded for a mistake; none before the first recording. */
export function readGolden(exercise: ExerciseInfo, mistake: Mistake): Feedbacks {
  const file = goldenFile(exercise, mistake.name)
  return fs.existsSync(file) ? splitFeedback(fs.readFileSync(file, 'utf8')) : new Map()
}

export function writeGolden(exercise: ExerciseInfo, mistake: Mistake, feedbacks: Feedbacks): void {
  fs.writeFileSync(goldenFile(exercise, mistake.name), `${[...feedbacks.values()].join('\n\n')}\n`)
}

/** As one text, the feedback that has to be the same in every run, of the tests that were run. */
export function compared(
  feedbacks: Feedbacks,
  cause: Cause | undefined,
  { outcomes }: Verdict,
): string {
  const ran = new Set(outcomes.map(({ title }) => title))
  const isCompared = ([title]: [string, string]) =>
    ran.has(title) && (!cause || (title in cause.signs && !cause.varies?.includes(title)))
  const texts = [...feedbacks].filter(isCompared).map(([, text]) => text)
  return texts.join('\n\n')
}

/** Writes causes.json. With `again`, of what is written there only that stays which came once more. */
export function recordCauses(
  exercise: ExerciseInfo,
  mistakes: Mistake[],
  verdicts: Map<string, Verdict>,
  again: boolean,
): void {
  const before = again ? readCauses(exercise) : {}
  const causes: Causes = {}
  for (const mistake of mistakes) {
    const { name, bug, lesson, fails } = mistake
    const verdict = verdicts.get(name) as Verdict
    const now: Cause = { bug, lesson, fails, signs: signsOf(verdict.outcomes) }
    const earlier = before[name]
    const [golden, feedbacks] = [readGolden(exercise, mistake), feedbacksOn(exercise, verdict)]
    const isSame = (title: string) => golden.get(title) === feedbacks.get(title)
    causes[name] = earlier ? common(earlier, now, isSame) : now
  }
  fs.mkdirSync(path.join(exercise.mistakes, GOLDEN), { recursive: true })
  for (const name of fs.readdirSync(path.join(exercise.mistakes, GOLDEN)))
    if (!causes[path.basename(name, '.txt')]) fs.rmSync(path.join(exercise.mistakes, GOLDEN, name))
  fs.writeFileSync(causesFile(exercise), `${JSON.stringify(causes, null, 2)}\n`)
}

/** What two recordings of a mistake have in common. */
function common(before: Cause, now: Cause, isSame: (title: string) => boolean): Cause {
  const kept = Object.entries(now.signs).filter(([title, sign]) => before.signs[title] === sign)
  const signs = Object.fromEntries(kept)
  const hasVaried = (title: string) => before.varies?.includes(title) || !isSame(title)
  const varies = Object.keys(signs).filter(hasVaried)
  return { ...now, signs, ...(varies.length > 0 && { varies }) }
}
