import type { Exercise, Submission } from '../verdict/result.ts'
import { ungraded } from './summary.ts'
import { testText, unrunText } from './test-text.ts'

/** One entry of `tests`, as far as it is used here. */
type Result = {
  name: string
  number: string
  status: 'passed' | 'failed'
  visibility: 'visible'
  score?: number
  max_score?: number
  output?: string
  output_format?: 'text'
}

/**
 * One submission as Gradescope's results.json (https://gradescope-autograders.readthedocs.io/en/latest/specs/).
 * Where the grader failed there is no score at all, neither in all nor of a test: Gradescope adds up
 * the scores it finds, and what is missing would read as a zero.
 */
export function gradescope(submission: Submission): string {
  const { status, message, score, exercises } = submission
  const open = ungraded(submission)
  const isKnown = open.length === 0
  const output =
    status === 'unreadable'
      ? `The submission was not graded: ${message}.`
      : isKnown
        ? overview(submission)
        : `This is no grade. The grader failed on ${open.join(', ')}; that is no fault of the submission. Run the autograder again, and tell your instructor when that does not help.`
  const tests = exercises.flatMap((exercise, i) => resultsOf(exercise, i + 1))
  return JSON.stringify(
    {
      ...(isKnown && { score }),
      output,
      output_format: 'text',
      visibility: 'visible',
      stdout_visibility: 'hidden',
      tests: isKnown ? tests : tests.map(({ score: _, max_score: __, ...rest }) => rest),
    },
    null,
    2,
  )
}

function overview({ score, max, exercises }: Submission): string {
  const passed = exercises.filter(({ status }) => status === 'pass').length
  return `${score} of ${max} points; ${passed} of ${exercises.length} exercises are passed.`
}

function resultsOf(exercise: Exercise, place: number): Result[] {
  const { id, max, tests } = exercise
  const unrun = unrunText(exercise)
  if (unrun) return [result(id, `${place}`, false, 0, max, unrun)]
  return tests.map((test, i) => {
    const { name, status, points, max } = test
    const isPassed = status === 'pass' || status === 'skip'
    const output = status === 'skip' ? `Skipped: ${test.message}` : testText(test)
    return result(`${id}: ${name}`, `${place}.${i + 1}`, isPassed, points, max, output)
  })
}

function result(
  name: string,
  number: string,
  isPassed: boolean,
  score: number,
  max_score: number,
  output: string,
): Result {
  return {
    name,
    number,
    status: isPassed ? 'passed' : 'failed',
    visibility: 'visible',
    score,
    max_score,
    ...(output && { output, output_format: 'text' }),
  }
}
