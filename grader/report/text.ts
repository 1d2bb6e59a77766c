import colors from 'yoctocolors'
import type { Exercise, Report, Submission } from '../verdict/result.ts'

/** A report for the terminal: a line for each exercise of each submission, and what failed below it. */
export function reportText(report: Report): string {
  const blocks = report.submissions.map(submissionText)
  return [...blocks, `seed ${report.seed}, isolation ${report.isolation}`].join('\n\n')
}

function submissionText({ name, status, message, score, max, exercises }: Submission): string {
  if (status === 'unreadable')
    return `${colors.bold(name)}  ${colors.red('unreadable')}: ${message}`
  return [`${colors.bold(name)}  ${score}/${max} points`, ...exercises.map(exerciseText)].join('\n')
}

const MARKS: Record<Exercise['status'], string> = {
  pass: colors.green('✓'),
  fail: colors.red('✗'),
  missing: colors.dim('○'),
  error: colors.red('!'),
}

function exerciseText({ id, status, score, max, tests }: Exercise): string {
  const line = `  ${MARKS[status]} ${id.padEnd(20)} ${`${score}/${max}`.padStart(7)}  ${status}`
  const told = tests.filter(({ message }) => message !== undefined)
  return [
    line,
    ...told.map(({ name, status, message, mistake }) => {
      const [first = ''] = (mistake ?? message ?? '').split('\n')
      return `      ${status.padEnd(8)} ${name}\n               ${colors.dim(first)}`
    }),
  ].join('\n')
}
