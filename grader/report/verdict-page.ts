import colors from 'yoctocolors'
import type { ExerciseInfo } from '../manifest.ts'
import { type Feedback, feedbackOn, nextCommands } from '../verdict/feedback.ts'
import { currentStage, type Outcome, scoreOf, stagesOf, type Verdict } from '../verdict/result.ts'
import { coloured, stageText, verdictText } from './verdict-text.ts'

/**
 * A verdict for a screen, where what matters must be in sight: one failure in full, the others a line
 * each. `turn` says which failure: 0 the first, and round again after the last. The transcript comes
 * last in it, for it alone can be long.
 */
export function verdictPage(exercise: ExerciseInfo, verdict: Verdict, turn: number): string {
  if (verdict.status !== 'pass' && verdict.status !== 'fail') return verdictText(exercise, verdict)
  const stages = stagesOf(verdict)
  const stage = currentStage(stages)
  const outcomes = stages.length > 0 ? (stage?.outcomes ?? []) : verdict.outcomes
  const failures = failuresOf(exercise, verdict)
  const shown = failures[turn % Math.max(1, failures.length)]
  const others = outcomes.filter(({ title }) => title !== shown?.title).map(testLine)
  return [
    heading(exercise, verdict),
    '',
    ...(shown ? [failureText(shown), ''] : []),
    ...(failures.length > 1 ? [colors.dim('f shows the next failure in full')] : []),
    ...others,
    ...(stages.length > 0 ? [''] : []),
    ...stages.map((one, i) => stageText(one, i + 1, one === stage, 0)),
    '',
    ...nextCommands(exercise, verdict),
  ]
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
}

/** What there is to say of the failed tests: of those of the current stage, where there are stages. */
function failuresOf(exercise: ExerciseInfo, verdict: Verdict): Feedback[] {
  const stage = currentStage(stagesOf(verdict))
  const isDue = (title: string) => !stage || stage.outcomes.some((one) => one.title === title)
  return feedbackOn(exercise, verdict).filter(({ title }) => isDue(title))
}

function heading(exercise: ExerciseInfo, { outcomes, status, durationMs }: Verdict): string {
  const { score, max } = scoreOf({ outcomes })
  const passed = outcomes.filter(({ status }) => status === 'pass' || status === 'skip').length
  const mark = status === 'pass' ? colors.green('✓') : colors.red('✗')
  const count = `${passed} of ${outcomes.length} tests passed, ${score}/${max} points`
  return `${mark} ${colors.bold(exercise.id)}  ${count}  ${colors.dim(`${durationMs} ms`)}`
}

function testLine({ title, status, max, skipped }: Outcome): string {
  if (status === 'pass') return `${colors.green('✓')} ${title}`
  if (status === 'skip') return `${colors.yellow('-')} ${title}  skipped: ${skipped}`
  return `${colors.red('✗')} ${title}  ${colors.dim(`0/${max}`)}`
}

function failureText(feedback: Feedback): string {
  const text = coloured({ ...feedback, wire: [] }).replace(/ {2,}(\d+\/\d+)/, '  $1')
  const wire = feedback.wire.map(
    (line, i) => `  ${colors.dim((i === 0 ? 'wire' : '').padEnd(10))}${line}`,
  )
  // What a program says may have several lines; they stand below their beginning.
  return [text, ...wire].join('\n').replace(/\r?\n(?! {2}|$)/g, `\n${' '.repeat(12)}`)
}
