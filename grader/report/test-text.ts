import { feedbackText } from '../verdict/feedback.ts'
import type { Exercise, Test } from '../verdict/result.ts'

/** All there is to say about one test as plain text: found, expected, got, wire, cause, read. */
export function testText({ name, points, max, message, mistake, lesson, wire }: Test): string {
  if (message === undefined) return ''
  const [found = '', ...comparison] = message.split('\n')
  const text = feedbackText({
    title: name,
    points,
    max,
    message: found,
    comparison,
    wire: wire ? wire.split('\n') : [],
    cause: mistake,
    read: lesson,
  })
  const [, ...lines] = text.split('\n')
  return lines.map((line) => line.replace(/^ {2}/, '')).join('\n')
}

/** Why an exercise has no tests to show, in a sentence for the student; undefined where it has. */
export function unrunText({ id, chapter, status }: Exercise): string | undefined {
  if (status === 'missing')
    return `There is no file exercises/${chapter}/${id}/main.ts in the submission, or it is the untouched stub.`
  if (status === 'error')
    return 'The grader failed on this exercise. That is no fault of the submission, and no grade: it has to be graded again.'
  return undefined
}
