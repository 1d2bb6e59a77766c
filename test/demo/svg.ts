import headless from '@xterm/headless'
import type { Cast } from './cast.ts'

/** The size of a character and of the room around all of them, in pixels. */
const CHAR = { width: 8.4, height: 18 }
const EDGE = 14
/** Below the terminal stands what a reader is told. */
const CAPTION = 40
/** How long the last frame stays before all begins anew, in seconds. */
const LAST = 6
/** Frames that follow one another faster than this are one, in seconds. */
const SHORTEST = 0.04

type Frame = { at: number; rows: string[]; caption: string }

/**
 * A recording as an animated SVG without any script, which a README can show: the frames side by side,
 * and a window that jumps from one to the next. It follows the reader's light or dark theme; who wants
 * no motion sees the frame of the marker that `still` begins with.
 */
export async function svgOf(cast: Cast, still: string): Promise<string> {
  const frames = await framesOf(cast)
  const width = cast.width * CHAR.width + 2 * EDGE
  const height = cast.height * CHAR.height + 2 * EDGE + CAPTION
  const end = (frames.at(-1)?.at ?? 0) + LAST
  const rows = new Map<string, string>()
  for (const row of frames.flatMap((frame) => frame.rows))
    if (row && !rows.has(row)) rows.set(row, `r${rows.size}`)
  const jumps = frames.map(({ at }, i) => `${((100 * at) / end).toFixed(2)}%{${move(-i * width)}}`)
  const quiet = frames.findLastIndex(({ caption }) => caption.startsWith(still))
  const drawn = frames.map(({ rows: own, caption }, i) => {
    const uses = own.map(
      (row, y) => row && `<use href="#${rows.get(row)}" y="${y * CHAR.height}"/>`,
    )
    const told = `<text class="told" x="0" y="${cast.height * CHAR.height + EDGE + 14}">${escaped(caption)}</text>`
    return `<g transform="translate(${i * width + EDGE} ${EDGE})">${uses.join('')}${told}</g>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(cast.title)}">
<style>${STYLE}
@keyframes film{${jumps.join('')}to{${move(-(frames.length - 1) * width)}}}
.film{animation:film ${end.toFixed(2)}s step-end infinite}
@media (prefers-reduced-motion:reduce){.film{animation:none;${move(-quiet * width)}}}</style>
<defs>${[...rows].map(([row, id]) => `<g id="${id}">${row}</g>`).join('\n')}</defs>
<rect class="back" width="${width}" height="${height}" rx="8"/>
<g class="film">
${drawn.join('\n')}
</g>
</svg>
`
}

const move = (x: number) => `transform:translateX(${x}px)`

/** What the terminal showed at each moment that looks different from the one before. */
async function framesOf({ width: cols, height: rows, events }: Cast): Promise<Frame[]> {
  const terminal = new headless.Terminal({ cols, rows, allowProposedApi: true })
  const frames: Frame[] = []
  let caption = ''
  for (const [at, kind, text] of events) {
    if (kind === 'm') caption = text
    else await new Promise<void>((resolve) => terminal.write(text, resolve))
    const drawn = Array.from({ length: rows }, (_, y) => rowOf(terminal, y))
    const last = frames.at(-1)
    if (last && at - last.at < SHORTEST) Object.assign(last, { rows: drawn, caption })
    else if (last?.rows.join() !== drawn.join() || last.caption !== caption)
      frames.push({ at, rows: drawn, caption })
  }
  terminal.dispose()
  return frames
}

/** One row: a text element for each stretch of one style, set to its width in whatever font there is. */
function rowOf(terminal: headless.Terminal, y: number): string {
  const { active } = terminal.buffer
  const line = active.getLine(active.baseY + y)
  const stretches: { x: number; columns: number; style: string; text: string }[] = []
  for (let x = 0; x < terminal.cols; x++) {
    const cell = line?.getCell(x)
    if (!cell || cell.getWidth() === 0) continue
    const style = styleOf(cell)
    const text = cell.getChars() || ' '
    const last = stretches.at(-1)
    if (last && last.style === style && !(text === ' ' && last.text.endsWith(' '))) {
      last.text += text
      last.columns += cell.getWidth()
    } else stretches.push({ x, columns: cell.getWidth(), style, text })
  }
  return stretches
    .map((one) => ({ ...one, isBlank: one.text.trim() === '' && !one.style.includes('inverse') }))
    .filter(({ isBlank }) => !isBlank)
    .map(({ x, columns, style, text }) => {
      const [left, wide] = [x * CHAR.width, columns * CHAR.width].map((n) => n.toFixed(1))
      const back = style.includes('inverse')
        ? `<rect x="${left}" width="${wide}" height="${CHAR.height}" class="${style.replace('inverse', 'block')}"/>`
        : ''
      return `${back}<text x="${left}" y="13.5" textLength="${wide}"${style && ` class="${style}"`}>${escaped(text)}</text>`
    })
    .join('')
}

type Cell = NonNullable<
  ReturnType<NonNullable<ReturnType<headless.Terminal['buffer']['active']['getLine']>>['getCell']>
>

function styleOf(cell: Cell): string {
  const names = [
    cell.isFgPalette() ? `c${cell.getFgColor() % 8}` : '',
    cell.isBold() ? 'bold' : '',
    cell.isDim() ? 'dim' : '',
    cell.isInverse() ? 'inverse' : '',
  ]
  return names.filter(Boolean).join(' ')
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}

const STYLE = `
text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;white-space:pre;fill:var(--ink)}
.told{font:bold 14px system-ui,sans-serif;fill:var(--told)}
.bold{font-weight:bold}.dim{fill:var(--dim)}.back{fill:var(--paper);stroke:var(--edge)}
.c1{fill:var(--red)}.c2{fill:var(--green)}.c3{fill:var(--yellow)}.c6{fill:var(--cyan)}
rect.block{fill:var(--ink)}rect.c2{fill:var(--green)}text.inverse{fill:var(--paper)}
:root{--paper:#fff;--ink:#1f2328;--dim:#59636e;--edge:#d1d9e0;--told:#0550ae;--red:#cf222e;--green:#116329;--yellow:#7d4e00;--cyan:#1b7c83}
@media (prefers-color-scheme:dark){:root{--paper:#0d1117;--ink:#e6edf3;--dim:#9198a1;--edge:#3d444d;--told:#79c0ff;--red:#ff7b72;--green:#56d364;--yellow:#e3b341;--cyan:#76e3ea}}`
