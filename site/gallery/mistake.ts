/** One mistake of the gallery: the program, what gave it away, the fix. */
import { html, raw } from 'hono/html'
import type { ExerciseInfo } from '../../grader/manifest.ts'
import type { Mistake } from '../../grader/verdict/mistakes.ts'
import { readTranscript } from '../../grader/wire/transcript.ts'
import { slug } from '../content/slug.ts'
import { recordedFigure } from '../diagram/wire-block.ts'
import { type Failure, failuresOf } from './golden.ts'
import { type Fix, filesOf, type Line, type ProgramFile } from './programs.ts'

/** The name of a mistake's file, in words. */
export function titleOf({ name }: Mistake): string {
  const words = name.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** The HTML of one mistake; its id is the mistake's name. */
export function mistakeHtml(exercise: ExerciseInfo, mistake: Mistake, base: string): string {
  const all = failuresOf(exercise, mistake.name)
  const first = all.find(({ title }) => title === mistake.fails) ?? all[0]
  const others = all.filter((failure) => failure !== first)
  const files = filesOf(exercise, mistake)
  const { chapter } = exercise
  return String(html`<article class="mistake">
<h2 id="${mistake.name}"><a class="header-anchor" href="#${mistake.name}">${titleOf(mistake)}</a></h2>
<p class="bug">${raw(withCode(sentence(mistake.bug)))}</p>
${raw(files.map(programHtml).join(''))}
<h3>What gave it away</h3>
${first ? raw(failureHtml(first)) : html`<p>The test: <q>${mistake.fails}</q>.</p>`}
${others.length > 0 && raw(othersHtml(others))}
<details class="fix"><summary>The fix</summary>
${raw(files.map(fixHtml).join(''))}</details>
<p class="meta">Read: <a href="${base}lessons/${chapter.id}/#${slug(mistake.lesson)}">${mistake.lesson}</a>${mistake.catalogue ? html` · <a href="${base}gallery/#mistake-${mistake.catalogue}">mistake ${mistake.catalogue}</a>` : ''}</p>
</article>
`)
}

/** Long stretches that are as in the solution are folded, with this many lines kept around what differs. */
const AROUND = 3
const WORTH_FOLDING = 4

function programHtml({ name, lines }: ProgramFile): string {
  const isKept = (i: number) =>
    lines.slice(Math.max(0, i - AROUND), i + AROUND + 1).some(({ kind }) => kind !== 'right')
  const runs: { isKept: boolean; lines: Line[] }[] = []
  for (const [i, line] of lines.entries()) {
    const last = runs.at(-1)
    if (last?.isKept === isKept(i)) last.lines.push(line)
    else runs.push({ isKept: isKept(i), lines: [line] })
  }
  const parts = runs.map((run) => {
    const code = `<pre><code>${run.lines.map(lineHtml).join('')}</code></pre>`
    if (run.isKept || run.lines.length < WORTH_FOLDING) return code
    return `<details><summary>${run.lines.length} lines as they should be</summary>${code}</details>`
  })
  return `<figure class="listing program"><figcaption>${name}</figcaption><div class="scroll" tabindex="0" role="group" aria-label="The wrong program">${parts.join('')}</div></figure>\n`
}

function lineHtml({ html, kind }: Line): string {
  if (kind === 'right') return `${html}\n`
  return kind === 'wrong' ? `<mark>${html}\n</mark>` : `<mark class="missing">${html}\n</mark>`
}

function fixHtml({ name, fixes }: ProgramFile): string {
  const blocks = fixes.map((fix) => `<pre><code>${fix.map(fixLine).join('')}</code></pre>`)
  return `<figure class="listing program"><figcaption>${name}</figcaption><div class="scroll" tabindex="0" role="group" aria-label="What to change">${blocks.join('')}</div></figure>\n`
}

function fixLine({ mark, html }: Fix[number]): string {
  const line = `${mark} ${html}\n`
  if (mark === ' ') return line
  return mark === '+' ? `<ins>${line}</ins>` : `<del>${line}</del>`
}

function failureHtml({ title, found, comparison, wire }: Failure): string {
  return String(html`<p>The test: <q>${title}</q>. It found: ${found}.</p>
${comparison.length > 0 && html`<pre class="code comparison" tabindex="0"><code>${comparison.join('\n')}</code></pre>`}
${wire.length > 0 && raw(recordedFigure(readTranscript(wire), { peer: 'test', program: 'the program' }))}`)
}

/** Their transcripts are text alone: the first one's diagram has shown the idea. */
function othersHtml(others: Failure[]): string {
  const count = others.length === 1 ? 'One more test fails' : `${others.length} more tests fail`
  return String(html`<details class="others"><summary>${count}</summary>
${others.map(
  ({ title, found, comparison, wire }) => html`<p><q>${title}</q>: ${found}.</p>
<pre class="code" tabindex="0"><code>${[...comparison, ...wire].join('\n')}</code></pre>`,
)}</details>`)
}

function sentence(text: string): string {
  const first = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.?]$/.test(first) ? first : `${first}.`
}

/** The headers of the programs write code as markdown does. */
function withCode(text: string): string {
  return text
    .split('`')
    .map((part, i) => String(i % 2 === 1 ? html`<code>${part}</code>` : html`${part}`))
    .join('')
}
