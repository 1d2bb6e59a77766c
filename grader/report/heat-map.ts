import { html } from 'hono/html'
import type { Exercise, Report, Submission } from '../verdict/result.ts'
import { exercisesOf, ungraded } from './summary.ts'

type Column = { id: string; chapter: string }

/** Exercises by students: each cell has the share of the points, as a mark or in percent, and as a colour. */
export function heatMap(report: Report) {
  const columns = exercisesOf(report)
  const chapters = [...Map.groupBy(columns, ({ chapter }) => chapter)]
  const { submissions } = report
  return html`<p>✓ is passed, a number is the percentage of the points, ○ is missing or the untouched stub, and ! means that the grader failed.</p>
<div class="scroll" role="region" aria-label="Exercises by students" tabindex="0"><table class="heat">
<thead>
<tr><td></td><td></td>${chapters.map(([id, own]) => html`<th scope="colgroup" colspan="${own.length}">${id.slice(0, 2)}</th>`)}</tr>
<tr><th scope="col">Student</th><th scope="col">Points</th>${columns.map(({ id }) => html`<th scope="col" class="exercise"><span>${id}</span></th>`)}</tr>
</thead>
<tbody>
${submissions.map((one, place) => row(one, place, columns))}</tbody>
<tfoot>
<tr><th scope="row">Passed by</th><td></td>${columns.map(({ id }) => html`<td>${passedBy(submissions, id)}</td>`)}</tr>
</tfoot>
</table></div>`
}

function row(submission: Submission, place: number, columns: Column[]) {
  const { name, status, score, max, exercises } = submission
  const head = html`<th scope="row"><a href="#s${place}">${name}</a></th>`
  if (status === 'unreadable')
    return html`<tr>${head}<td>–</td><td colspan="${columns.length}" class="unread">unreadable</td></tr>\n`
  const points = ungraded(submission).length > 0 ? 'no grade' : `${score}/${max}`
  const cells = columns.map(({ id }) => cell(exercises.find((one) => one.id === id)))
  return html`<tr>${head}<td class="points">${points}</td>${cells}</tr>\n`
}

function cell(exercise: Exercise | undefined) {
  if (!exercise) return html`<td></td>`
  const { status, score, max } = exercise
  if (status === 'missing') return html`<td class="none">○</td>`
  if (status === 'error') return html`<td class="error">!</td>`
  if (status === 'pass') return html`<td class="p10" title="${score}/${max}">✓</td>`
  const share = score / max
  return html`<td class="p${Math.min(9, Math.floor(share * 10))}" title="${score}/${max}">${Math.floor(share * 100)}</td>`
}

function passedBy(submissions: Submission[], id: string): number {
  const hasPassed = ({ exercises }: Submission) =>
    exercises.some((one) => one.id === id && one.status === 'pass')
  return submissions.filter(hasPassed).length
}
