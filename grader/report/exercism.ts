import { findExercise } from '../manifest.ts'
import { stageNumbers } from '../task.ts'
import type { Exercise, Submission, Test } from '../verdict/result.ts'
import { testText, unrunText } from './test-text.ts'

/** The longest message that Exercism takes, in characters. */
const MESSAGE_LIMIT = 65_535

/**
 * Each exercise of a submission as Exercism's results.json, version 3
 * (https://exercism.org/docs/building/tooling/test-runners/interface). `output` is for what a student
 * prints on purpose, which is not recorded here; `test_code` stays hidden as the tests do. The stages
 * of an exercise are its tasks.
 */
export function exercism(submission: Submission): { id: string; text: string }[] {
  const { status, message = '', exercises } = submission
  if (status !== 'unreadable') return exercises.map((one) => ({ id: one.id, text: resultsOf(one) }))
  return [{ id: 'unreadable', text: results({ status: 'error', message, tests: [] }) }]
}

function resultsOf(exercise: Exercise): string {
  const message = unrunText(exercise)
  if (message) return results({ status: 'error', message, tests: [] })
  const known = findExercise(exercise.id)
  const stages = known ? stageNumbers(known) : new Map<string, number>()
  const tests = exercise.tests.map((test) => {
    const task_id = stages.get(test.name.split(': ')[0] ?? '')
    return { ...resultOf(test), ...(task_id && { task_id }) }
  })
  return results({ status: exercise.status, message: null, tests })
}

function results(content: { status: string; message: string | null; tests: unknown[] }): string {
  return JSON.stringify({ version: 3, ...content }, null, 2)
}

function resultOf(test: Test) {
  const { name, status, message } = test
  if (status === 'pass') return { name, status }
  if (status === 'skip') return { name, status: 'pass', message: `skipped: ${message}` }
  return { name, status: status === 'fail' ? 'fail' : 'error', message: clip(testText(test)) }
}

function clip(text: string): string {
  return text.length <= MESSAGE_LIMIT ? text : `${text.slice(0, MESSAGE_LIMIT - 1).toWellFormed()}…`
}
