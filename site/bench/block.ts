import { html } from 'hono/html'
import { loadExperiments } from './bundle.ts'
import type { Experiment } from './model.ts'
import { bytesView, decodersView, summary } from './view.ts'

const experiments = await loadExperiments()

/**
 * The bench of chapter 06 as it stands without JavaScript: each stream with one cutting, and what the
 * decoders made of it. client.ts brings it to life.
 */
export function benchBlock(): string {
  return String(html`<div class="bench" data-bench role="group" aria-label="Byte-stream bench">
<fieldset class="bench-choice"><legend>On the wire</legend>
${experiments.map(({ id, title }, i) => html`<label><input type="radio" name="bench" value="${id}" ${i === 0 ? 'checked' : ''}> ${title}</label>`)}
</fieldset>
${experiments.map(panel)}
</div>`)
}

function panel(experiment: Experiment) {
  const { id, about, cuts } = experiment
  const fed = cuts.length + 1
  return html`<section class="bench-panel" data-panel="${id}" aria-label="${experiment.title}">
<p>${about}</p>
<div class="bench-stream" role="group" aria-label="The stream">${bytesView(experiment, cuts)}</div>
<p class="bench-status" role="status">${summary(experiment, cuts, fed)}</p>
<div class="bench-decoders">${decodersView(experiment, cuts, fed)}</div>
</section>`
}
