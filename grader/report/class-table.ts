import stringWidth from 'string-width'
import colors from 'yoctocolors'
import type { Exercise, Report, Submission } from '../verdict/result.ts'
import { indented, WIDTH } from './indent.ts'
import { commonMistakes, exercisesOf, ungraded } from './summary.ts'

/** How many of the commonest mistakes are listed. */
const MISTAKES = 5

type Chapter = { id: string; exercises: string[] }

/** A class for the terminal: a line for each submission, a character for each exercise. */
export function classTable(report: Report): string {
  const chapters = chaptersOf(report)
  const heading = chapters.map((one) => one.id.slice(0, 2).padEnd(one.exercises.length)).join(' ')
  const room = WIDTH - heading.length - '  9999/9999'.length - 1
  const nameWidth = Math.min(
    room,
    Math.max(...report.submissions.map(({ name }) => stringWidth(name)), 10),
  )
  const lines = report.submissions.map((one) => line(one, chapters, nameWidth))
  return [
    colors.dim(`${' '.repeat(nameWidth)} ${heading}  points`),
    ...lines,
    '',
    colors.dim('✓ passed · 1 to 9 tenths of its points · ✗ none · ○ missing · ! grader failed'),
    ...legend(chapters),
    ...mistakes(report),
  ].join('\n')
}

function chaptersOf(report: Report): Chapter[] {
  const byId = Map.groupBy(exercisesOf(report), ({ chapter }) => chapter)
  return [...byId].map(([id, exercises]) => ({ id, exercises: exercises.map((one) => one.id) }))
}

function line(submission: Submission, chapters: Chapter[], nameWidth: number): string {
  const { name, status, message = '', score, max, exercises } = submission
  const shown = padded(name, nameWidth)
  if (status === 'unreadable') return `${shown} ${colors.red('unreadable')}: ${message}`
  const marks = chapters.map((chapter) => {
    const own = chapter.exercises.map((id) => mark(exercises.find((one) => one.id === id)))
    return own.join('') + ' '.repeat(Math.max(0, 2 - own.length))
  })
  const points = ungraded(submission).length > 0 ? colors.red('no grade') : `${score}/${max}`
  return `${shown} ${marks.join(' ')}  ${points}`
}

function mark(exercise: Exercise | undefined): string {
  if (!exercise) return ' '
  const { status, score, max } = exercise
  if (status === 'pass') return colors.green('✓')
  if (status === 'missing') return colors.dim('○')
  if (status === 'error') return colors.red('!')
  const tenths = Math.floor((score / max) * 10)
  return tenths > 0 ? colors.yellow(`${tenths}`) : colors.red('✗')
}

/** A name in exactly so many columns; one that is too long ends with `…`. */
function padded(name: string, width: number): string {
  let shown = name
  const characters = [...name]
  while (stringWidth(shown) > width) {
    characters.pop()
    shown = `${characters.join('')}…`
  }
  return shown + ' '.repeat(width - stringWidth(shown))
}

/** Which exercises the characters stand for, chapter by chapter. */
function legend(chapters: Chapter[]): string[] {
  return chapters.flatMap(({ id, exercises }) => {
    const lines: string[] = []
    let last = id.slice(0, 2)
    for (const exercise of exercises) {
      if (`${last} ${exercise}`.length > WIDTH) {
        lines.push(last)
        last = '  '
      }
      last += ` ${exercise}`
    }
    return [...lines, last].map((one) => colors.dim(one))
  })
}

function mistakes(report: Report): string[] {
  const common = commonMistakes(report).slice(0, MISTAKES)
  if (common.length === 0) return []
  const rows = common.flatMap(({ exercise, text, by }) => [
    `${`${by.length} ×`.padStart(6)}  ${exercise}`,
    colors.dim(indented(text, 8)),
  ])
  return ['', 'The commonest mistakes', ...rows]
}
