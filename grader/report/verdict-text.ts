import colors from 'yoctocolors'
import type { ExerciseInfo } from '../manifest.ts'
import { type Feedback, feedbackOn, feedbackText, nextCommands } from '../verdict/feedback.ts'
import {
  currentStage,
  type Outcome,
  type Stage,
  scoreOf,
  stagesOf,
  type Verdict,
} from '../verdict/result.ts'
import type { Recording } from '../wire/recording.ts'
import { transcript } from '../wire/transcript.ts'

type Showing = {
  /** the transcripts of tests that passed too */
  isWireShown?: boolean | undefined
  /** not all tests were run */
  isPart?: boolean
}

/** A verdict for the terminal: each test on a line, then all there is to say about those that failed. */
export function verdictText(
  exercise: ExerciseInfo,
  verdict: Verdict,
  { isWireShown, isPart }: Showing = {},
): string {
  const { score, max } = scoreOf(verdict)
  if (verdict.status === 'error') return `${colors.red('!')} ${exercise.id}: ${verdict.message}`
  if (verdict.status === 'missing') {
    return `${colors.dim('○')} ${exercise.id}: ${verdict.message}`
  }
  const feedback = new Map(feedbackOn(exercise, verdict).map((one) => [one.title, one]))
  const heading = `${colors.bold(exercise.id)}  ${score}/${max} points  ${verdict.durationMs} ms${isPart ? '  of the tests chosen' : ''}`
  const test = ({ title, max, status, skipped, wire }: Outcome) => {
    const failed = feedback.get(title)
    if (failed) return `\n${coloured(failed)}\n`
    if (status === 'skip')
      return `${colors.yellow('-')} ${title.padEnd(66)} ${max}/${max}  skipped: ${skipped}`
    const line = `${colors.green('✓')} ${title.padEnd(66)} ${max}/${max}`
    return isWireShown ? [line, ...wireText(wire), ''].join('\n') : line
  }
  const stages = stagesOf(verdict)
  // Stages build on one another: what is wrong in the first that fails is all there is to say now.
  const current = currentStage(stages)
  const tests = stages.length > 0 ? (current?.outcomes ?? []).map(test) : verdict.outcomes.map(test)
  const next = isPart && verdict.status === 'pass' ? [] : nextCommands(exercise, verdict)
  const overview = stages.map((stage, i) => stageText(stage, i + 1, stage === current))
  return [
    heading,
    ...overview,
    ...(current ? [''] : []),
    ...tests,
    ...(next.length > 0 ? ['', ...next] : []),
  ]
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
}

function wireText(wire: Recording): string[] {
  const lines = wire.length > 0 ? transcript(wire) : ['nothing went over a socket']
  return lines.map((line, i) => `  ${colors.dim((i === 0 ? 'wire' : '').padEnd(10))}${line}`)
}

/** A stage in one line; its points stand in a column after `width` for its name. */
export function stageText(stage: Stage, number: number, isCurrent: boolean, width = 66): string {
  const { score, max } = scoreOf(stage)
  const mark = stage.isPassed ? colors.green('✓') : isCurrent ? colors.red('✗') : colors.dim('○')
  return `${mark} ${`stage ${number}: ${stage.name}`.padEnd(width)} ${score}/${max}`
}

/** One failed test, in colours. */
export function coloured(feedback: Feedback): string {
  return feedbackText(feedback)
    .replace(/^✗ .*$/m, (line) => colors.red(line))
    .replace(
      /^( {2})(found|expected|got|wire|cause|read)( +)(.*)$/gm,
      (_, indent, label, gap, text) => {
        // The indent stays bare: by it lines are told from one another.
        return `${indent}${colors.dim(label)}${gap}${label === 'cause' ? colors.yellow(text) : text}`
      },
    )
}
