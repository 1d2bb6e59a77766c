import colors from 'yoctocolors'
import type { Exercise, Report, Submission } from '../verdict/result.ts'
import { classTable } from './class-table.ts'
import { indented } from './indent.ts'
import { unrunText } from './test-text.ts'

/** A report for the terminal: of one submission everything in short, of several a table. */
export function reportText(report: Report): string {
  const { submissions, seed, isolation } = report
  const [only, ...more] = submissions
  const text = only && more.length === 0 ? submissionText(only) : classTable(report)
  return `${text}\n\n${colors.dim(`seed ${seed}, isolation ${isolation}`)}`
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

function exerciseText(exercise: Exercise): string {
  const { id, status, score, max, tests } = exercise
  const line = `  ${MARKS[status]} ${id.padEnd(22)} ${`${score}/${max}`.padStart(7)}  ${status}`
  if (status === 'error') return `${line}\n${colors.dim(indented(unrunText(exercise) ?? '', 6))}`
  const told = tests.filter(({ message }) => message !== undefined)
  return [
    line,
    ...told.map(({ name, status, message, mistake }) => {
      const [first = ''] = (mistake ?? message ?? '').split('\n')
      return `      ${status.padEnd(8)} ${name}\n${colors.dim(indented(first, 15))}`
    }),
  ].join('\n')
}
