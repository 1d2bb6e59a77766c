import fs from 'node:fs'
import type { ExerciseInfo } from '../manifest.ts'
import { hex, printable, quote } from '../wire/bytes.ts'
import type { FindingData, Shown } from '../wire/finding.ts'
import { transcript } from '../wire/transcript.ts'
import { likelyCauses, readCauses, signsOf } from './causes.ts'
import type { Verdict } from './result.ts'

/** Everything there is to say about one failed test. All lines are for people. */
export type Feedback = {
  title: string
  points: number
  max: number
  message: string
  /** expected and got, with a caret under the first byte that differs; aligned for a fixed-width font */
  comparison: string[]
  wire: string[]
  cause: string | undefined
  /** lessons/NN-topic: Section */
  read: string | undefined
}

/**
 * The feedback on each failed test of a verdict, in the order of the tests. `signs` are those of the whole
 * run, where the verdict is a part of one: a cause is told from all that fails.
 */
export function feedbackOn(
  exercise: ExerciseInfo,
  verdict: Verdict,
  signs = signsOf(verdict.outcomes),
): Feedback[] {
  const likely = likelyCauses(readCauses(exercise), signs)
  return verdict.outcomes.flatMap((outcome) => {
    if (!outcome.finding) return []
    const cause = likely.get(outcome.title)
    const section = cause?.lesson ?? outcome.lesson
    return [
      {
        title: outcome.title,
        points: 0,
        max: outcome.max,
        message: printable(outcome.finding.message),
        comparison: compare(outcome.finding).map(printable),
        wire: transcript(outcome.wire).map(printable),
        cause: cause?.bug,
        read: section && `lessons/${exercise.chapter.id}: ${section}`,
      },
    ]
  })
}

/** One failed test as plain text, as DESIGN shows it. */
export function feedbackText(feedback: Feedback): string {
  const lines = [`✗ ${feedback.title.padEnd(66)} ${feedback.points}/${feedback.max}`]
  const add = (label: string, texts: string[]) => {
    for (const [i, text] of texts.entries())
      lines.push(`  ${(i === 0 ? label : '').padEnd(10)}${text}`.trimEnd())
  }
  add('found', [feedback.message])
  for (const text of feedback.comparison) lines.push(`  ${text}`)
  add('wire', feedback.wire)
  if (feedback.cause) add('cause', [feedback.cause])
  if (feedback.read) add('read', [feedback.read])
  return lines.join('\n')
}

/** The feedback on several tests as a golden file keeps it, by the title of the test. */
export function splitFeedback(text: string): Map<string, string> {
  const texts = text.trimEnd().split(/\n\n(?=✗ )/)
  return new Map(texts.map((one) => [/^✗ (.+?) +\d+\/\d+$/m.exec(one)?.[1] ?? '', one]))
}

/**
 * The command that a student is to try next, and the one that repeats this run exactly; after a pass
 * the one that shows more, where there is more.
 */
export function nextCommands(exercise: ExerciseInfo, verdict: Verdict): string[] {
  if (verdict.status === 'pass') {
    if (!fs.existsSync(exercise.solution)) return []
    return [`more      npm run compare -- ${exercise.id}`]
  }
  return [
    `next      npm run hint -- ${exercise.id}`,
    `again     COURSE_SEED=${verdict.seed} npm run check -- ${exercise.id}`,
  ]
}

/** Expected and got of a finding under one another, with a caret under the first byte that differs. */
export function compare({ expected, got, differ }: FindingData): string[] {
  const rows = [
    { label: 'expected', value: expected },
    { label: 'got', value: got },
  ].map(({ label, value }) => row(label, value, differ?.at))
  const lines = rows.flatMap(({ text }) => text)
  const column = rows[1]?.column
  if (differ && differ.at >= 0 && column !== undefined) {
    const [due, came] = [byteAt(expected, differ.at), byteAt(got, differ.at)]
    lines.push(`${' '.repeat(column)}^ byte ${differ.at}: expected ${due}, got ${came}`)
  }
  return lines
}

/** One value on one line, and the column of the byte at offset `at` in it. */
function row(
  label: string,
  value: Shown | undefined,
  at: number | undefined,
): { text: string[]; column?: number } {
  if (value === undefined) return { text: [] }
  if (typeof value === 'string') return { text: [`${label.padEnd(10)}${value}`] }
  const part = Buffer.from(value.latin1, 'latin1')
  const { text, columns } = quote(part)
  const head = `${label.padEnd(10)}${value.length} B  ${value.from > 0 ? '…' : ''}`
  const tail = value.length > value.from + part.length && !text.endsWith('…') ? '…' : ''
  const column =
    at === undefined
      ? undefined
      : columns[Math.min(Math.max(0, at - value.from), columns.length - 1)]
  return {
    text: [`${head}${text}${tail}`],
    ...(column !== undefined && { column: head.length + column }),
  }
}

function byteAt(value: Shown | undefined, at: number): string {
  if (value === undefined || typeof value === 'string' || at >= value.length) return 'the end'
  const byte = Buffer.from(value.latin1[at - value.from] ?? '', 'latin1')
  return `${hex(byte)} ${quote(byte).text}`
}
