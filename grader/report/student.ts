import type { Exercise, Submission, Test } from '../verdict/result.ts'
import { testText, unrunText } from './test-text.ts'

/**
 * What one student is told, in Markdown. The seed of the run is not in it: who hands in again is graded
 * with the same one.
 */
export function studentFeedback(submission: Submission): string {
  const { name, status, message = '', score, max, exercises } = submission
  const heading = `# Feedback for ${escaped(name)}`
  if (status === 'unreadable')
    return `${heading}\n\nThe submission was not graded: ${escaped(message)}.\n`
  const passed = exercises.filter(({ status }) => status === 'pass')
  const open = exercises.filter(({ status }) => status !== 'pass')
  const done = passed.length > 0 ? `Passed: ${passed.map(({ id }) => escaped(id)).join(', ')}.` : ''
  return [
    heading,
    `**${score} of ${max} points**; ${passed.length} of ${exercises.length} exercises are passed.`,
    done,
    ...open.map(exercisePart),
  ]
    .filter(Boolean)
    .join('\n\n')
    .concat('\n')
}

function exercisePart(exercise: Exercise): string {
  const { id, score, max, tests } = exercise
  const heading = `## ${escaped(id)}: ${score} of ${max} points`
  const unrun = unrunText(exercise)
  if (unrun) return `${heading}\n\n${escaped(unrun)}`
  const failed = tests.filter(({ status }) => !isPassed(status))
  const passed = tests.filter(({ status }) => isPassed(status))
  const next = `What to do next: \`npm run hint -- ${id}\` for a hint, \`npm run check -- ${id}\` after each change.`
  return [heading, ...failed.map(failure), listOf(passed), next].filter(Boolean).join('\n\n')
}

const isPassed = (status: Test['status']) => status === 'pass' || status === 'skip'

function failure(test: Test): string {
  const { name, points, max, status, mistake, lesson } = test
  const { mistake: _, lesson: __, ...facts } = test
  return [
    `### ✗ ${escaped(name)} (${points}/${max}, ${status})`,
    fenced(testText(facts)),
    mistake && `Likely cause: ${escaped(mistake)}.`,
    lesson && `Read ${escaped(lesson)}.`,
  ]
    .filter(Boolean)
    .join('\n\n')
}

function listOf(passed: Test[]): string {
  const line = ({ name, points, max, status, message }: Test) => {
    const reason = status === 'skip' ? `, skipped: ${escaped(message ?? '')}` : ''
    return `- ✓ ${escaped(name)} (${points}/${max}${reason})`
  }
  return passed.map(line).join('\n')
}

/** A block of plain text that ends where its fence ends, whatever is in it. */
function fenced(text: string): string {
  const runs = text.match(/`+/g) ?? []
  const fence = '`'.repeat(Math.max(3, ...runs.map((run) => run.length + 1)))
  return `${fence}text\n${text}\n${fence}`
}

/** A text on one line in which nothing is markup (CommonMark: a backslash before punctuation). */
function escaped(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>&#|~!]/g, '\\$&')
}
