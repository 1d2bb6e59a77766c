import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { type ExerciseInfo, exercises } from '../../../grader/manifest.ts'
import type { Outcome, Verdict } from '../../../grader/verdict/result.ts'

/** An exercise whose folders are in the system's temporary one, for a test to fill and remove. */
export function makeExercise(): { exercise: ExerciseInfo; remove: () => void } {
  const [real] = exercises
  if (!real) throw new Error('course.ts lists no exercise')
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'exercise-'))
  const mistakes = path.join(folder, 'mistakes')
  fs.mkdirSync(mistakes)
  const exercise = {
    ...real,
    id: 'quotes',
    chapter: { id: '09-made-up', title: 'Made up', exercises: [] },
    mistakes,
    readme: path.join(folder, 'README.md'),
    stub: path.join(folder, 'stub.ts'),
  }
  return { exercise, remove: () => fs.rmSync(folder, { recursive: true }) }
}

export function outcome(title: string, more: Partial<Outcome> = {}): Outcome {
  const status = more.finding ? 'fail' : 'pass'
  const usual = { stage: undefined, max: 1, lesson: undefined, finding: undefined, wire: [] }
  return { title, status, ...usual, ...more }
}

export function verdict(outcomes: Outcome[], more: Partial<Verdict> = {}): Verdict {
  const isPass = outcomes.every(({ finding }) => !finding)
  return {
    exercise: 'quotes',
    status: isPass ? 'pass' : 'fail',
    durationMs: 12,
    seed: 'abc',
    outcomes,
    ...more,
  }
}
