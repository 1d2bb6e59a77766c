import { stringify } from 'csv-stringify/sync'
import type { Report, Submission } from '../verdict/result.ts'
import { exercisesOf, ungraded } from './summary.ts'

/**
 * The gradebook: a row for each submission, a column for each exercise, total, status (RFC 4180). It
 * begins with a byte order mark, by which Excel knows UTF-8, and no text in it can become a formula.
 * What was not graded is an empty cell, never a zero.
 */
export function gradebook(report: Report): string {
  const columns = exercisesOf(report).map(({ id }) => id)
  const rows = report.submissions.map((submission) => row(submission, columns))
  return stringify([['name', ...columns, 'total', 'max', 'status'], ...rows], {
    bom: true,
    escape_formulas: true,
    record_delimiter: 'windows',
  })
}

function row(submission: Submission, columns: string[]): (string | number)[] {
  const { name, status, message, score, max, exercises } = submission
  if (status === 'unreadable')
    return [name, ...columns.map(() => ''), '', '', `unreadable: ${message}`]
  const cells = columns.map((id) => {
    const exercise = exercises.find((one) => one.id === id)
    return !exercise || exercise.status === 'error' ? '' : exercise.score
  })
  const open = ungraded(submission)
  if (open.length > 0) return [name, ...cells, '', max, `grader failed: ${open.join(' ')}`]
  return [name, ...cells, score, max, 'graded']
}
