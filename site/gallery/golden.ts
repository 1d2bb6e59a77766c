import fs from 'node:fs'
import type { ExerciseInfo } from '../../grader/manifest.ts'
import { splitFeedback } from '../../grader/verdict/feedback.ts'
import { goldenFile } from '../../grader/verdict/mistakes.ts'

/** The recorded feedback on one failed test: what `feedbackText` printed, taken apart again. */
export type Failure = {
  title: string
  found: string
  /** expected and got, with the caret below, as they stand in the feedback */
  comparison: string[]
  wire: string[]
}

/** The recorded failures of a mistake; of one that none was recorded for, nothing. */
export function failuresOf(exercise: ExerciseInfo, mistake: string): Failure[] {
  const file = goldenFile(exercise, mistake)
  return fs.existsSync(file) ? readFeedback(fs.readFileSync(file, 'utf8')) : []
}

const LABEL = /^ {2}(found|expected|got|wire|cause|read) {2,}/
/** What sets in the lines below a label's first. */
const INDENT = ' '.repeat(12)

/** The failures that the text of a golden file tells. */
export function readFeedback(text: string): Failure[] {
  return [...splitFeedback(text)].map(([title, block]) => {
    const lines = block.split('\n').slice(1)
    const parts: Record<string, string[]> = {}
    let label = 'found'
    for (const line of lines) {
      label = LABEL.exec(line)?.[1] ?? label
      parts[label] = [...(parts[label] ?? []), line]
    }
    const plain = (name: string) =>
      (parts[name] ?? []).map((line, i) =>
        i === 0 ? line.slice(12) : line.startsWith(INDENT) ? line.slice(12) : line,
      )
    return {
      title,
      found: plain('found').join(' '),
      comparison: [...(parts.expected ?? []), ...(parts.got ?? [])].map((line) => line.slice(2)),
      wire: plain('wire'),
    }
  })
}
