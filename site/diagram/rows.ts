/** The rows of a sequence diagram, one for each step. `y` is where a row begins. */
import stringWidth from 'string-width'
import type { Step } from '../../grader/wire/transcript.ts'
import { escapeHtml } from '../content/escape.ts'
import { content, isArrow, labelOf } from './lanes.ts'
import { ARROW, COLUMN, hasTime, LINE, laneOf, type Plan, TIMES } from './plan.ts'
import { wrapParts } from './wrap.ts'

export type Row = { svg: string; height: number }

/** A step; `isLost` is a datagram that the next step tells the loss of. */
export function drawStep(step: Step, plan: Plan, y: number, isLost: boolean): Row {
  const row = isArrow(step) ? drawArrow(step, plan, y, isLost) : drawWords(step, plan, y)
  const time = hasTime(step) ? text(step.at, TIMES - 8, y + LINE - 3, 'time end') : ''
  return { svg: time + row.svg, height: row.height }
}

function drawArrow(step: Step, plan: Plan, y: number, isLost: boolean): Row {
  const { lanes, programPort, right, middle, columns } = plan
  const lane = laneOf(step, lanes)
  const left = lane?.x ?? 0
  const label = labelOf(step, lane, programPort)
  const lines = wrapParts(isLost ? ['lost', ...label] : label, columns)
  const at = y + lines.length * LINE + 4
  const [from, to, turn] = step.way === 'in' ? [left, right, 1] : [right, left, -1]
  const isCut = isLost || step.kind === 'refused'
  // The cross stands short of the lifeline that was never reached, or that refused.
  const end = isCut ? Math.round(to - turn * (isLost ? (right - left) / 4 : 14)) : to
  const tip = `m${-turn * ARROW} -4L${end} ${at}l${-turn * ARROW} 4`
  const head = isCut ? 'm-5 -5 10 10m0 -10 -10 10' : tip
  const kind = isCut ? 'bad' : kindOf(step)
  const labels = lines.map((line, i) => text(line, middle, y + (i + 1) * LINE - 3, `mid ${kind}`))
  const arrow = `<path class="${kind}" d="M${from} ${at}H${end}${head}"/>`
  return { svg: arrow + labels.join(''), height: at - y + 8 }
}

function kindOf({ kind, way }: Step): string {
  if (kind === 'RST') return 'bad'
  return kind === 'FIN' || kind === 'SYN' ? 'ctl' : way
}

/** What is told in words: a call or a return at the program's lifeline, a write at its writer's. */
function drawWords(step: Step, plan: Plan, y: number): Row {
  const { lanes, right, middle, columns } = plan
  const place = placeOf(step)
  // At the program's lifeline several connections meet.
  const letter = place === 'program' && step.conn ? [`${step.conn}:`] : []
  const lines = wrapParts([...letter, ...content(step.text)], columns)
  if (place === 'between') {
    const rows = lines.map((line, i) => text(line, middle, y + (i + 1) * LINE - 2, 'mid aside'))
    return { svg: rows.join(''), height: lines.length * LINE + 6 }
  }
  const width = Math.round(Math.max(...lines.map((line) => stringWidth(line))) * COLUMN + 12)
  const height = lines.length * LINE + 5
  const x = place === 'peer' ? (laneOf(step, lanes)?.x ?? 0) - 6 : right + 6 - width
  const kind = step.kind === 'note' ? 'note' : 'stdio'
  const rows = lines.map((line, i) => text(line, x + 6, y + (i + 1) * LINE, kind))
  const box = `<rect class="${kind}" x="${x}" y="${y + 1}" width="${width}" height="${height}" rx="3"/>`
  return { svg: box + rows.join(''), height: height + 8 }
}

function placeOf({ kind, way, text }: Step): 'peer' | 'program' | 'between' {
  if (kind === 'gap' || kind === 'lost') return 'between'
  if (kind !== 'note') return 'program'
  if (text.startsWith('writes ')) return way === 'in' ? 'peer' : 'program'
  // A call, or what the program made of it; the rest is what the test says of its own doing.
  return way === 'out' || /^(new )?[\w.]+\(/.test(text) ? 'program' : 'between'
}

/** One line of text; `kind` is its class in style/diagram.css. */
export function text(content: string, x: number, y: number, kind: string): string {
  return `<text class="${kind}" x="${x}" y="${y}">${escapeHtml(content)}</text>`
}
