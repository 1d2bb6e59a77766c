/** The measures of a sequence diagram: how wide its text may be, and where its lifelines stand. */
import stringWidth from 'string-width'
import type { Step } from '../../grader/wire/transcript.ts'
import { content, isArrow, type Lane, labelOf, lanesOf } from './lanes.ts'

/** What the two sides are called; where there are several connections their letters stand below. */
export type Sides = { peer: string; program: string }

/** One column of the monospaced font at 12 px; fonts differ, this is the widest of the usual ones. */
export const COLUMN = 7.25
export const LINE = 15
export const MARGIN = { left: 2, right: 18 }
/** The room that times take, where there are any. */
export const TIMES = 56
/** Half the width that an arrow's head takes. */
export const ARROW = 6
const COLUMNS = { least: 26, most: 40 }

export type Plan = {
  lanes: Lane[]
  programPort: string
  /** where the program's lifeline stands, and how many columns of text fit to its left */
  right: number
  columns: number
  /** between the last of the left lifelines and the right one */
  middle: number
}

/** Measures all labels, so that each fits between the last left lifeline and the right one. */
export function planned(steps: Step[], sides: Sides): Plan {
  const { lanes, port } = lanesOf(steps, steps.some(hasTime) ? TIMES : 0)
  const labels = steps.filter(isArrow).map((step) => labelOf(step, laneOf(step, lanes), port))
  const others = steps.filter((step) => !isArrow(step)).map(({ text }) => content(text))
  const longest = Math.max(
    0,
    ...[...labels, ...others].map((parts) => stringWidth(parts.join(' '))),
  )
  const columns = Math.min(COLUMNS.most, Math.max(COLUMNS.least, longest))
  const last = lanes.at(-1)?.x ?? (steps.some(hasTime) ? TIMES : MARGIN.left)
  const heads = stringWidth(sides.peer) + stringWidth(sides.program)
  const room = Math.max(columns * COLUMN + 2 * ARROW + 8, heads * COLUMN)
  const right = Math.round(last + room)
  const middle = Math.round(((lanes.at(-1)?.x ?? 0) + right) / 2)
  return { lanes, programPort: port, right, middle, columns }
}

/** The lifeline of a step; what belongs to no connection goes to the first. */
export function laneOf({ conn }: Step, lanes: Lane[]): Lane | undefined {
  return lanes.find((lane) => lane.conn === conn) ?? lanes[0]
}

/** Whether a step's time says anything: kept recordings have none, or zero. */
export function hasTime({ at }: Step): boolean {
  return at !== '' && at !== '0.000'
}
