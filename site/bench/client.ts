// Brings the still picture of block.ts to life. Loaded only by pages that hold one.
import { type Cuts, everyByte, everyTwoWaySplit } from '../../grader/wire/cuts.ts'
import { Random } from '../../grader/wire/random.ts'
import { CutLine } from './cut-line.ts'
import { experiments } from './experiments.ts'
import { type Experiment, streamOf } from './model.ts'
import { Toolbar } from './toolbar.ts'
import { decodersView, summary } from './view.ts'

const SWEEP_MS = 600
const SWEEP = 'Sweep one cut'
const HINT =
  'Click between two bytes to cut there; drag a cut, or click it to take it away. ' +
  'On the keyboard: Tab to a cut, arrow keys move it, Enter adds one after it, Delete takes it away.'

/** One stream with its cuts, its buttons and its decoders. */
class Bench {
  readonly #experiment: Experiment
  readonly #length: number
  readonly #status: HTMLElement
  readonly #decoders: HTMLElement
  readonly #line: CutLine
  readonly #tools: Toolbar
  /** how many chunks the decoders have had */
  #fed: number
  #sweep: ReturnType<typeof setTimeout> | undefined

  constructor(panel: HTMLElement, experiment: Experiment) {
    this.#experiment = experiment
    this.#length = streamOf(experiment).length
    this.#status = panel.querySelector('.bench-status') as HTMLElement
    this.#decoders = panel.querySelector('.bench-decoders') as HTMLElement
    this.#fed = experiment.cuts.length + 1
    const stream = panel.querySelector('.bench-stream') as HTMLElement
    this.#line = new CutLine(stream, experiment.cuts, () => this.#feedAll())
    this.#tools = this.#toolbar()
    const hint = document.createElement('p')
    hint.className = 'bench-hint'
    hint.textContent = HINT
    stream.before(this.#tools.element)
    stream.after(hint)
    this.#draw()
  }

  #toolbar(): Toolbar {
    const tools = new Toolbar()
    tools.add('How to cut', {
      all: ['All in one', () => this.#cut([])],
      bytes: ['Every byte alone', () => this.#cut(everyByte(this.#length))],
      sweep: [SWEEP, () => this.#toggleSweep()],
      add: ['Add a cut', () => this.#line.add()],
    })
    tools.addShuffle((seed) => {
      this.#cut(new Random(seed, this.#experiment.id).cuts(this.#length))
    })
    tools.add('How far to read', {
      start: ['Back to the start', () => this.#feed(0)],
      next: ['Next chunk', () => this.#feed(this.#fed + 1)],
      end: ['All chunks', () => this.#feedAll()],
    })
    return tools
  }

  #cut(cuts: Cuts): void {
    this.#line.set(cuts)
    this.#feedAll()
  }

  #feedAll(): void {
    this.#feed(this.#line.cuts.length + 1)
  }

  #feed(count: number): void {
    clearTimeout(this.#sweep)
    this.#sweep = undefined
    this.#fed = Math.min(count, this.#line.cuts.length + 1)
    this.#draw()
  }

  /** One cut goes from place to place; at once to the last one for a reader who wants no motion. */
  #toggleSweep(): void {
    if (this.#sweep !== undefined) return this.#feedAll()
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches
    const places = everyTwoWaySplit(this.#length).slice(isStill ? -1 : 0)
    const next = () => {
      this.#cut(places.shift() ?? [])
      if (places.length > 0) this.#sweep = setTimeout(next, SWEEP_MS)
      this.#draw(places.length > 0 ? undefined : sweepSummary(this.#decoders))
    }
    next()
  }

  #draw(told?: string): void {
    const { cuts } = this.#line
    this.#line.markRead(this.#fed)
    this.#decoders.innerHTML = String(decodersView(this.#experiment, cuts, this.#fed))
    // Nobody wants each place of a sweep read out.
    this.#status.ariaLive = this.#sweep === undefined ? 'polite' : 'off'
    const text = told ?? summary(this.#experiment, cuts, this.#fed)
    if (this.#status.textContent !== text) this.#status.textContent = text
    this.#tools.enable('next', this.#fed <= cuts.length)
    this.#tools.enable('start', this.#fed > 0)
    this.#tools.rename('sweep', this.#sweep === undefined ? SWEEP : 'Stop')
  }
}

/** What the cards say of one cut, in one text. */
function sweepSummary(decoders: HTMLElement): string {
  const told = [...decoders.querySelectorAll<HTMLElement>('.bench-decoder')].map((card) => {
    const places = card.querySelector('.bench-places')?.textContent?.trim() ?? ''
    return `${card.dataset.decoder}: ${places.replace('One cut: ', '')}.`
  })
  return `One cut, at every place. ${told.join(' ')}`
}

for (const experiment of experiments) {
  const panel = document.querySelector<HTMLElement>(`[data-bench] [data-panel=${experiment.id}]`)
  if (panel) new Bench(panel, experiment)
}
