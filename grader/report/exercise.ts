import type { ExerciseInfo } from '../manifest.ts'
import { feedbackOn } from '../verdict/feedback.ts'
import { type Exercise, scoreOf, type Test, type Verdict } from '../verdict/result.ts'

/** A verdict in the form of the report (schema version 1). */
export function exerciseResult(exercise: ExerciseInfo, verdict: Verdict): Exercise {
  const feedback = new Map(feedbackOn(exercise, verdict).map((one) => [one.title, one]))
  const { score, max } = scoreOf(verdict)
  // An untouched or absent file ran no test, but what it could have earned still counts.
  const hasRun = verdict.status === 'pass' || verdict.status === 'fail'
  const tests = verdict.outcomes.map((outcome): Test => {
    const { title: name, status, max, skipped } = outcome
    const failed = feedback.get(name)
    const points = status === 'pass' || status === 'skip' ? max : 0
    if (!failed) return { name, status, points, max, ...(skipped && { message: skipped }) }
    return {
      name,
      status,
      points,
      max,
      message: [failed.message, ...failed.comparison].join('\n'),
      ...(failed.cause && { mistake: failed.cause }),
      ...(failed.read && { lesson: failed.read }),
      wire: failed.wire.join('\n'),
    }
  })
  return {
    id: exercise.id,
    chapter: exercise.chapter.id,
    status: verdict.status,
    score: hasRun ? score : 0,
    max,
    durationMs: verdict.durationMs,
    tests: hasRun ? tests : [],
  }
}
