import { html, raw } from 'hono/html'
import { linesOf, readTranscript, type Step } from '../../grader/wire/transcript.ts'
import type { Sides } from './plan.ts'
import { sequenceDiagram } from './sequence.ts'

/** The HTML of a ```wire fence: a recording of an example, in which both ends are the lesson's. */
export function wireBlock(content: string): string {
  const steps = readTranscript(content.trimEnd().split('\n'))
  return recordedFigure(steps, { peer: 'client', program: 'server' })
}

/** A recording as a figure: its sequence diagram, which scrolls by itself, and the transcript as text. */
export function recordedFigure(steps: Step[], sides?: Sides): string {
  const lines = linesOf(steps).join('\n')
  return String(
    html`<figure class="wire"><div class="scroll" tabindex="0" role="group" aria-label="Sequence diagram">${raw(sequenceDiagram(steps, sides))}</div>
<details><summary>As a transcript</summary><pre tabindex="0">${lines}</pre></details></figure>`,
  )
}
