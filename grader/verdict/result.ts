import type { Isolation } from '../student/sandbox.ts'
import type { FindingData } from '../wire/finding.ts'
import type { Recording } from '../wire/recording.ts'

/** What `grade --format json` prints: schema version 1. */
export type Report = {
  version: 1
  course: string
  seed: string
  isolation: Isolation
  submissions: Submission[]
}

export type Submission = {
  name: string
  path: string
  status: 'graded' | 'unreadable'
  message?: string
  score: number
  max: number
  exercises: Exercise[]
}

export type Exercise = {
  id: string
  chapter: string
  status: 'pass' | 'fail' | 'missing' | 'error'
  score: number
  max: number
  durationMs: number
  tests: Test[]
}

export type Test = {
  name: string
  status: 'pass' | 'fail' | 'timeout' | 'crash' | 'skip'
  points: number
  max: number
  /** what was found, in one line; of a skipped test the reason */
  message?: string
  /** the likely cause: the bug of the known mistake that fails in the same way */
  mistake?: string
  /** where to read, as `lessons/NN-topic: Section` */
  lesson?: string
  /** the transcript of the test's connections */
  wire?: string
}

/** What one run of an exercise's hidden tests found, before it is put in words. */
export type Verdict = {
  exercise: string
  status: Exercise['status']
  /** why the grader failed, when status is `error`; what is missing, when it is `missing` */
  message?: string
  durationMs: number
  seed: string
  outcomes: Outcome[]
}

export type Outcome = {
  /** of a test in a stage: `STAGE: title` */
  title: string
  /** the stage that the test belongs to, in an exercise that has stages (`describe` in its suite) */
  stage: string | undefined
  status: Test['status']
  max: number
  lesson: string | undefined
  finding: FindingData | undefined
  /** why it was skipped */
  skipped?: string
  wire: Recording
}

/** What each stage of an exercise came to, in order; of one without stages, nothing. */
export type Stage = { name: string; outcomes: Outcome[]; isPassed: boolean }

export function stagesOf({ outcomes }: Pick<Verdict, 'outcomes'>): Stage[] {
  const names = new Set(outcomes.flatMap(({ stage }) => stage ?? []))
  return [...names].map((name) => {
    const own = outcomes.filter(({ stage }) => stage === name)
    return { name, outcomes: own, isPassed: own.every(isPassed) }
  })
}

/** The stage that a student is at: the first that is not passed, for stages build on one another. */
export function currentStage(stages: readonly Stage[]): Stage | undefined {
  return stages.find(({ isPassed }) => !isPassed)
}

/** What the platform cannot show counts as passed. */
function isPassed({ status }: Outcome): boolean {
  return status === 'pass' || status === 'skip'
}

/** The points of a verdict, or of one stage. */
export function scoreOf({ outcomes }: Pick<Verdict, 'outcomes'>): { score: number; max: number } {
  let score = 0
  let max = 0
  for (const outcome of outcomes) {
    max += outcome.max
    if (isPassed(outcome)) score += outcome.max
  }
  return { score, max }
}
