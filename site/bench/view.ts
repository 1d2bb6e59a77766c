// The HTML of the bench: the same functions make the still picture and what follows in the browser.
import { html } from 'hono/html'
import { type Cuts, cut } from '../../grader/wire/cuts.ts'
import { glyphs, hex, quoted } from './glyphs.ts'
import {
  bytesOf,
  type Decoder,
  type Experiment,
  everyPlace,
  judge,
  type Outcome,
  run,
  type Step,
  streamOf,
} from './model.ts'

/** The bytes of an experiment in their order; `cuts` are drawn between them, for the still picture. */
export function bytesView(experiment: Experiment, cuts: Cuts) {
  const characters = glyphs(streamOf(experiment))
  return bytesOf(experiment).map(({ byte, message, isMark, isFirst }, i) => {
    const chunk = cuts.filter((place) => place <= i).length
    return html`${cuts.includes(i) && STILL}<span class="bench-byte" data-chunk="${chunk % 2}"${isMark && ' data-mark'}${isFirst && !experiment.isText && html` data-message="${message + 1}"`}><span>${hex(Uint8Array.of(byte))}</span> <b>${characters[i]}</b></span>`
  })
}

const STILL = html`<span class="bench-cut"></span>`

/** All decoders of an experiment after the first `fed` chunks. */
export function decodersView(experiment: Experiment, cuts: Cuts, fed: number) {
  return html`${experiment.decoders.map((decoder) => card(experiment, decoder, cuts, fed))}`
}

function card(experiment: Experiment, decoder: Decoder, cuts: Cuts, fed: number) {
  const chunks = cut(streamOf(experiment), cuts)
  const steps = run(decoder, chunks.slice(0, fed))
  const outcome = judge(experiment, steps, fed >= chunks.length)
  return html`<article class="bench-decoder" data-decoder="${decoder.name}" data-verdict="${outcome.verdict}">
<h3><code>${decoder.name}</code> <span class="bench-verdict">${verdict(outcome, experiment)}</span></h3>
<p>${decoder.why}${outcome.verdict === 'right' && !decoder.isRight && ' These cuts do not show it.'}</p>
<table><thead><tr><th scope="col">chunk</th><th scope="col">gives out</th><th scope="col">keeps</th></tr></thead>
<tbody>${chunks.map((chunk, i) => row(experiment, chunk, steps[i], i < fed))}</tbody></table>
${comparison(experiment, outcome)}
${places(everyPlace(experiment, decoder), cuts)}
</article>`
}

function verdict({ verdict, wrongAt, out, threw }: Outcome, { isText }: Experiment): string {
  if (verdict !== 'wrong') return verdict === 'right' ? 'right' : 'right so far'
  if (threw !== undefined) return 'throws'
  const what = isText ? 'character' : 'message'
  return `${what} ${wrongAt + 1} ${wrongAt < out.length ? 'wrong' : 'missing'}`
}

function row(experiment: Experiment, chunk: Uint8Array, step: Step | undefined, isFed: boolean) {
  const shown = experiment.chunksAs === 'hex' ? hex(chunk) : quoted(new TextDecoder().decode(chunk))
  const first = html`<th scope="row"><code>${shown}</code></th>`
  if (!isFed) return html`<tr data-ahead>${first}<td></td><td></td></tr>`
  if (!step) return html`<tr data-unread>${first}<td>not read</td><td></td></tr>`
  if (step.threw)
    return html`<tr>${first}<td colspan="2">throws <code>${step.threw}</code></td></tr>`
  const { messages, kept } = step
  const remains = typeof kept === 'string' ? kept && quoted(kept) : kept && hex(kept)
  return html`<tr>${first}<td>${messages.filter((piece) => piece || !experiment.isText).map(piece)}</td><td><code>${remains}</code></td></tr>`
}

function piece(text: string) {
  return html`<code>${quoted(text)}</code> `
}

/** What came out below what is due, the first difference marked. */
function comparison({ due, isText }: Experiment, { out, wrongAt, verdict }: Outcome) {
  const show = (messages: readonly string[]) =>
    messages.map((text, i) => {
      const shown = isText ? text : quoted(text)
      return i === wrongAt
        ? html`<mark>${shown}</mark>${isText ? '' : ' '}`
        : html`<span>${shown}</span>${isText ? '' : ' '}`
    })
  const nothing = html`<mark>${out.length === 0 ? 'nothing' : 'nothing more'}</mark>`
  return html`<dl><dt>due</dt><dd>${show(due)}</dd>
<dt>came</dt><dd>${show(out)}${verdict === 'wrong' && wrongAt === out.length && nothing}</dd></dl>`
}

/** How one cut would do at each place; where there is only one, its place is shown. */
function places(areRight: readonly boolean[], cuts: Cuts) {
  const wrong = areRight.filter((isRight) => !isRight).length
  return html`<p class="bench-places">One cut: wrong at ${wrong} of ${areRight.length} places
<span aria-hidden="true">${areRight.map((isRight, i) => html`<i class="${isRight ? 'ok' : 'no'}${cuts.length === 1 && cuts[0] === i + 1 && ' here'}"></i>`)}</span></p>`
}

/** The state of things in a sentence, to be read out. */
export function summary(experiment: Experiment, cuts: Cuts, fed: number): string {
  const chunks = cut(streamOf(experiment), cuts)
  const by = { right: [] as string[], wrong: [] as string[], going: [] as string[] }
  for (const decoder of experiment.decoders) {
    const steps = run(decoder, chunks.slice(0, fed))
    by[judge(experiment, steps, fed >= chunks.length).verdict].push(decoder.name)
  }
  const count = chunks.length === 1 ? 'One chunk' : `${chunks.length} chunks`
  const read = fed < chunks.length ? `, ${fed} of them read` : ''
  const told = [
    by.wrong.length > 0 && `Wrong: ${by.wrong.join(', ')}.`,
    by.right.length > 0 && `Right: ${by.right.join(', ')}.`,
    by.going.length > 0 && `Right so far: ${by.going.join(', ')}.`,
  ]
  return [`${count}${read}.`, ...told.filter(Boolean)].join(' ')
}
