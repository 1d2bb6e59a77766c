import ansi from 'ansi-escapes'
import stringWidth from 'string-width'
import colors from 'yoctocolors'
import { textWidth, wrap } from '../report/wrap.ts'
import type { View } from './start-view.ts'

/** Fewer columns or rows than these hold nothing that can be read. */
const LEAST = { columns: 30, rows: 10 }

/** The head gives way to leave this many rows for the page. */
const LEAST_PAGE = 4

/** Long rows are cut at the edge, wherever a terminal thinks a character is wider than it is. */
const NO_WRAPPING = '\x1b[?7l'
const WRAPPING = '\x1b[?7h'

/** What a program under test printed must not move the cursor: all control characters but colours and tabs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
const CONTROL = /\x1b(?!\[[\d;]*m)|[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f]/g

type Frame = { head(): string; keys(): string }

/**
 * The whole terminal, on its second screen: a head, a page that scrolls, a line that tells what happens,
 * and the keys. Only rows that changed are written, so nothing flickers. What was on the terminal
 * before comes back when it closes, however the process ends.
 */
export class Screen implements View {
  readonly isScreen = true
  readonly #frame: Frame
  readonly #out = process.stdout
  readonly #others: (() => void)[] = []
  #page: () => string = () => ''
  #note = ''
  readonly #warnings = new Set<string>()
  /** the first line of the page that is in sight, and how many there are */
  #top = 0
  #lines = 0
  #visible = 0
  /** the rows as they stand on the terminal */
  #drawn: string[] = []
  #isOpen = false
  /** it will be drawn in a moment */
  #isDue = false

  constructor(frame: Frame) {
    this.#frame = frame
    this.#open()
  }

  page(text: string | (() => string), from: 'start' | 'end' = 'start'): void {
    this.#page = typeof text === 'string' ? () => text : text
    this.#top = from === 'end' ? Number.POSITIVE_INFINITY : 0
    this.#changed()
  }

  note(line: string): void {
    this.#note = line
    this.#changed()
  }

  warn(sentence: string): void {
    this.#warnings.add(sentence)
    this.#changed()
  }

  takesKey(key: string): boolean {
    const step = this.#steps[key]
    if (step === undefined) return false
    this.#top += step()
    this.#changed()
    return true
  }

  readonly #steps: Record<string, () => number> = {
    up: () => -1,
    k: () => -1,
    down: () => 1,
    j: () => 1,
    pageup: () => 1 - this.#visible,
    b: () => 1 - this.#visible,
    pagedown: () => this.#visible - 1,
    space: () => this.#visible - 1,
    home: () => -this.#lines,
    end: () => this.#lines,
  }

  #open(): void {
    this.#isOpen = true
    this.#keepOthersOut()
    this.#write(`${ansi.enterAlternativeScreen}${NO_WRAPPING}${ansi.cursorHide}${ansi.eraseScreen}`)
    this.#out.on('resize', this.#redraw)
    process.on('SIGCONT', this.#redraw)
    process.on('exit', this.#leave)
  }

  close(): void {
    this.#leave()
    this.#out.off('resize', this.#redraw)
    process.off('SIGCONT', this.#redraw)
    process.off('exit', this.#leave)
  }

  readonly #leave = (): void => {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.#write(`${WRAPPING}${ansi.cursorShow}${ansi.exitAlternativeScreen}`)
    for (const giveBack of this.#others) giveBack()
  }

  /** Draws every row on a clear screen, for who knows what the terminal made of the rows there were. */
  readonly #redraw = (): void => {
    this.#drawn = []
    this.#draw(ansi.eraseScreen)
  }

  /** What changes together is drawn together. */
  #changed(): void {
    if (this.#isDue) return
    this.#isDue = true
    queueMicrotask(() => {
      this.#isDue = false
      this.#draw()
    })
  }

  #draw(before = ''): void {
    if (!this.#isOpen) return
    const rows = this.#rows().map((row) => row.replace(CONTROL, '�'))
    const changes = rows.flatMap((row, y) =>
      row === this.#drawn[y] ? [] : [ansi.cursorTo(0, y) + this.#filled(row)],
    )
    this.#drawn = rows
    if (changes.length === 0) return
    const { beginSynchronizedOutput, endSynchronizedOutput } = ansi
    this.#write(beginSynchronizedOutput + before + changes.join('') + endSynchronizedOutput)
  }

  /** A row that ends before the edge takes away what stood behind it; behind a full one nothing stands. */
  #filled(row: string): string {
    return stringWidth(row) < this.#out.columns ? row + ansi.eraseEndLine : row
  }

  #rows(): string[] {
    const { columns, rows } = this.#out
    if (columns < LEAST.columns || rows < LEAST.rows) return this.#tooSmall(columns, rows)
    const warnings = [...this.#warnings].map((one) => colors.yellow(`! ${one}`))
    const foot = wrapped(`${this.#note}\n${colors.dim(this.#frame.keys())}`, columns)
    const most = Math.max(1, rows - foot.length - 2 - LEAST_PAGE)
    const head = wrapped([this.#frame.head(), ...warnings].join('\n'), columns).slice(0, most)
    const page = wrapped(this.#page(), textWidth())
    this.#visible = Math.max(1, rows - head.length - foot.length - 2)
    this.#lines = page.length
    this.#top = Math.max(0, Math.min(this.#top, page.length - this.#visible))
    const shown = page.slice(this.#top, this.#top + this.#visible)
    const blank = Array.from({ length: this.#visible - shown.length }, () => '')
    const place = this.#place(shown.length)
    return [...head, rule('', columns), ...shown, ...blank, rule(place, columns), ...foot].slice(
      0,
      rows,
    )
  }

  /** Which part of the page is in sight, when not all of it is. */
  #place(shown: number): string {
    if (shown === this.#lines) return ''
    const isEnd = this.#top + shown === this.#lines
    const way = isEnd ? '↑ goes back' : '↓ or space for more'
    return ` lines ${this.#top + 1}–${this.#top + shown} of ${this.#lines}, ${way} `
  }

  #tooSmall(columns: number, rows: number): string[] {
    const words = `This window has ${columns} columns and ${rows} rows. Make it larger, to ${LEAST.columns} × ${LEAST.rows} or more; 80 × 24 is good.`
    const lines = wrapped(words, Math.max(1, columns)).slice(0, rows)
    return [...lines, ...Array.from({ length: rows - lines.length }, () => '')]
  }

  #write: (text: string) => void = () => {}

  /** What others print while the screen is up would tear it; it is printed when the screen is gone. */
  #keepOthersOut(): void {
    const kept: (() => void)[] = []
    const own = this.#out.write
    this.#write = (text) => void own.call(this.#out, text)
    for (const stream of [process.stdout, process.stderr]) {
      const write = stream.write
      stream.write = ((chunk: string | Uint8Array) => {
        kept.push(() => stream.write(chunk))
        return true
      }) as typeof stream.write
      this.#others.push(() => {
        stream.write = write
      })
    }
    this.#others.push(() => {
      for (const print of kept) print()
    })
  }
}

function wrapped(text: string, columns: number): string[] {
  return wrap(text, columns).split('\n')
}

/** A line across the window, with words towards its right end where there is room for them. */
function rule(words: string, columns: number): string {
  const free = columns - stringWidth(words)
  if (free < 2) return colors.dim('─'.repeat(columns))
  return colors.dim(`${'─'.repeat(free - 2)}${words}──`)
}
