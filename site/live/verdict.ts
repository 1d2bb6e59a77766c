import { html, raw } from 'hono/html'
import stringWidth from 'string-width'
import type { ExerciseInfo } from '../../grader/manifest.ts'
import { type Feedback, feedbackOn, nextCommands } from '../../grader/verdict/feedback.ts'
import {
  currentStage,
  type Outcome,
  type Stage,
  scoreOf,
  stagesOf,
  type Verdict,
} from '../../grader/verdict/result.ts'
import { stepsOf } from '../../grader/wire/transcript.ts'
import { recordedFigure } from '../diagram/wire-block.ts'
import { lessonUrl } from './links.ts'

type Part = ReturnType<typeof html>

const MARKS = {
  pass: { sign: '✓', word: 'passed' },
  skip: { sign: '–', word: 'skipped' },
  fail: { sign: '✗', word: 'failed' },
  timeout: { sign: '✗', word: 'failed: something awaited did not come' },
  crash: { sign: '✗', word: 'failed: the program came to grief' },
  unrun: { sign: '○', word: 'not run' },
}

/** What the last run of an exercise found, as HTML: the facts that the terminal shows. */
export function verdictHtml(exercise: ExerciseInfo, verdict: Verdict | undefined): Part {
  const file = html`<code>exercises/${exercise.place}/main.ts</code>`
  if (!verdict)
    return html`${heading('not graded in this session')}
      <p>Save ${file}, and the verdict appears here.</p>`
  if (verdict.status === 'error')
    return html`${heading('the grader failed')}
      <p>That is no fault of yours; what it said:</p>
      <pre class="said" tabindex="0">${verdict.message}</pre>`
  if (verdict.status === 'missing')
    return html`${heading('nothing to grade yet')}
      <p>${sentence(verdict.message)} Edit ${file} and save it.</p>
      ${list(verdict.outcomes.map((outcome) => line(outcome, 'unrun')))}`
  const { score, max } = scoreOf(verdict)
  const feedback = new Map(feedbackOn(exercise, verdict).map((one) => [one.title, one]))
  // The first failure is open: it is the one to look at.
  const first = [...feedback.keys()][0]
  const test = (outcome: Outcome) => {
    const failed = feedback.get(outcome.title)
    if (!failed) return line(outcome, outcome.status)
    return failure(exercise, outcome, failed, outcome.title === first)
  }
  const stages = stagesOf(verdict)
  const tests =
    stages.length > 0
      ? html`${stages.map((one, i) => stage(one, i + 1, stages, test))}`
      : list(verdict.outcomes.map(test))
  return html`${heading(`${score}/${max} points`, `in ${verdict.durationMs} ms`, verdict.status)}
    ${tests}
    ${verdict.status === 'fail' && again(exercise, verdict)}`
}

function heading(result: string, aside = '', status = ''): Part {
  return html`<h2 class="verdict-score" data-status="${status}">
    Your program: <strong>${result}</strong> <small>${aside}</small>
  </h2>`
}

function sentence(text = ''): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

/** The command that repeats the run; the other one, for a hint, is a click here. */
function again(exercise: ExerciseInfo, verdict: Verdict): Part {
  const [, command = ''] = nextCommands(exercise, verdict)
  return html`<p class="verdict-again">The same inputs once more:
    <code>${command.replace(/^again +/, '')}</code></p>`
}

function list(items: Part[]): Part {
  return html`<ul class="outcomes">${items}</ul>`
}

/** Stages build on one another: nothing is said of the tests after the first stage that fails. */
function stage(own: Stage, number: number, all: Stage[], test: (outcome: Outcome) => Part): Part {
  const current = currentStage(all)
  const { score, max } = scoreOf(own)
  const status = own.isPassed ? 'pass' : own === current ? 'fail' : 'unrun'
  const name = html`${signed(MARKS[status])} <span class="outcome-title">Stage ${number}: ${own.name}</span>
    <span class="outcome-points">${score}/${max}</span>`
  if (!own.isPassed && own !== current)
    return html`<p class="stage outcome-line" data-status="${status}">${name}</p>`
  return html`<details class="stage" ${own === current ? 'open' : ''}>
    <summary class="outcome-line" data-status="${status}">${name}</summary>
    ${list(own.outcomes.map(test))}
  </details>`
}

function line(outcome: Outcome, status: keyof typeof MARKS): Part {
  const points = status === 'unrun' ? outcome.max : `${outcome.max}/${outcome.max}`
  return html`<li class="outcome">
    <p class="outcome-line" data-status="${status}">${titled(outcome, status)} <span class="outcome-points">${points}</span></p>
    ${outcome.skipped && html`<p class="outcome-skipped">${outcome.skipped}</p>`}
  </li>`
}

function failure(exercise: ExerciseInfo, outcome: Outcome, told: Feedback, isOpen: boolean): Part {
  const fact = (label: string, value: Part | undefined) =>
    value && html`<div><dt>${label}</dt><dd>${value}</dd></div>`
  return html`<li class="outcome">
    <details ${isOpen ? 'open' : ''}>
      <summary class="outcome-line" data-status="${outcome.status}">
        ${titled(outcome, outcome.status)} <span class="outcome-points">0/${outcome.max}</span>
      </summary>
      <dl class="finding">
        ${fact('found', inline(told.message))}
        ${told.comparison.length > 0 && fact('bytes', comparison(told.comparison))}
        ${fact('cause', told.cause ? inline(told.cause) : undefined)}
        ${fact('read', told.read ? reading(exercise, told.read) : undefined)}
      </dl>
      ${outcome.wire.length > 0 && raw(recordedFigure(stepsOf(outcome.wire)))}
    </details>
  </li>`
}

function titled({ title, stage }: Outcome, status: keyof typeof MARKS): Part {
  const own = stage ? title.slice(`${stage}: `.length) : title
  return html`${signed(MARKS[status])} <span class="outcome-title">${inline(own)}</span>`
}

function signed({ sign, word }: { sign: string; word: string }): Part {
  return html`<span class="outcome-sign" role="img" aria-label="${word}">${sign}</span>`
}

/** Expected and got one below the other; the first wrong byte is marked besides the caret below it. */
function comparison(lines: readonly string[]): Part {
  const [caret] = lines.filter((line) => /^ +\^ byte /.test(line))
  const column = caret?.indexOf('^')
  const shown = lines.map((line) => {
    if (column === undefined || !line.startsWith('got ')) return html`${line}\n`
    const [before, wrong, after] = splitAt(line, column)
    return html`${before}<mark>${wrong}</mark>${after}\n`
  })
  return html`<pre class="comparison" tabindex="0">${shown}</pre>`
}

/** A line in three parts, of which the second is the byte, escaped or not, that begins at a column. */
function splitAt(line: string, column: number): [string, string, string] {
  let before = ''
  for (const { segment } of new Intl.Segmenter().segment(line)) {
    if (stringWidth(before) >= column) break
    before += segment
  }
  const rest = line.slice(before.length)
  const wrong = /^(\\x..|\\.|.)?/su.exec(rest)?.[0] ?? ''
  return [before, wrong, rest.slice(wrong.length)]
}

function reading(exercise: ExerciseInfo, read: string): Part {
  const section = read.replace(/^[^:]*: /, '')
  return html`<a href="${lessonUrl(exercise, section)}">${inline(section)}</a>`
}

/** Text in which `code` stands between backquotes. */
function inline(text: string): Part {
  const parts = text.split('`')
  // An odd one out is no quoting.
  if (parts.length % 2 === 0) return html`${text}`
  return html`${parts.map((part, i) => (i % 2 === 1 ? html`<code>${part}</code>` : part))}`
}
