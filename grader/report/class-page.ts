import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { html, raw } from 'hono/html'
import type { Exercise, Report, Submission, Test } from '../verdict/result.ts'
import { heatMap } from './heat-map.ts'
import { commonMistakes } from './summary.ts'
import { testText, unrunText } from './test-text.ts'

/** How many of the commonest mistakes are listed. */
const MISTAKES = 30

const style = fs.readFileSync(new URL('class-page.css', import.meta.url), 'utf8')

/** Nothing is loaded, nothing runs: even what slipped through the escaping would do nothing. */
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/** The class as one HTML page that needs no network: heat map, commonest mistakes, each student's failures. */
export function classPage(report: Report): string {
  const { course, seed, isolation, submissions } = report
  const graded = submissions.filter(({ status }) => status === 'graded').length
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${course}: the class</title>
<style>${raw(style)}</style>
</head>
<body>
<header>
<h1>${course}: the class</h1>
<p>${graded} of ${submissions.length} submissions graded. Seed ${seed}, isolation ${isolation}.</p>
<nav aria-label="On this page"><a href="#exercises">Exercises by students</a> <a href="#mistakes">Commonest mistakes</a> <a href="#students">Students</a></nav>
</header>
<main>
<section>
<h2 id="exercises">Exercises by students</h2>
${heatMap(report)}
</section>
<section>
<h2 id="mistakes">The commonest mistakes</h2>
${mistakes(report)}
</section>
<section>
<h2 id="students">Students</h2>
<p>What failed, and why. The feedback file of each student has the bytes on the wire too.</p>
${submissions.map(student)}
</section>
</main>
</body>
</html>
`.toString()
}

function mistakes(report: Report) {
  const all = commonMistakes(report)
  if (all.length === 0) return html`<p>No known mistake was made.</p>`
  const places = new Map(report.submissions.map((one, i) => [one, i]))
  const rows = all.slice(0, MISTAKES).map(
    ({ exercise, text, lesson, by }) => html`<tr>
<td class="count">${by.length}</td>
<th scope="row">${exercise}</th>
<td>${text}${lesson && html`<br><small>${lesson}</small>`}</td>
<td><details><summary>names</summary>${by.map((one) => html`<a href="#s${places.get(one) ?? 0}">${one.name}</a> `)}</details></td>
</tr>
`,
  )
  return html`<div class="scroll" role="region" aria-label="The commonest mistakes" tabindex="0"><table class="list">
<thead><tr><th scope="col" class="count">Students</th><th scope="col">Exercise</th><th scope="col">Mistake</th><th scope="col">Who</th></tr></thead>
<tbody>
${rows}</tbody>
</table></div>
${all.length > MISTAKES && html`<p>${all.length - MISTAKES} more were made less often.</p>`}`
}

function student(submission: Submission, place: number) {
  const { name, status, message, score, max, exercises } = submission
  const heading = html`<h3 id="s${place}">${name}</h3>`
  if (status === 'unreadable')
    return html`<article>${heading}<p>Not graded: ${message}</p></article>\n`
  const open = exercises.filter(({ status }) => status !== 'pass')
  return html`<article>${heading}
<p>${score} of ${max} points; ${exercises.length - open.length} of ${exercises.length} exercises are passed.</p>
${open.map(exercisePart)}</article>
`
}

function exercisePart(exercise: Exercise) {
  const { id, score, max, tests } = exercise
  const unrun = unrunText(exercise)
  if (unrun) return html`<p class="unrun"><strong>${id}</strong> ${unrun}</p>\n`
  const failed = tests.filter(({ status }) => status !== 'pass' && status !== 'skip')
  return html`<details><summary><strong>${id}</strong> ${score}/${max}</summary>
${failed.map(failure)}</details>
`
}

function failure(test: Test) {
  const { name, points, max, status } = test
  return html`<h4>${name} <small>${points}/${max}, ${status}</small></h4>
<pre tabindex="0">${testText({ ...test, wire: '' })}</pre>
`
}
