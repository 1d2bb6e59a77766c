import type { Step } from '../../grader/wire/transcript.ts'
import { MARGIN, type Plan, planned, type Sides } from './plan.ts'
import { drawStep, type Row, text } from './rows.ts'

const SIDES: Sides = { peer: 'test', program: 'your program' }

/**
 * Steps as an SVG sequence diagram, to stand inline in a page: one lifeline for each connection of the
 * test's side at the left, the program's at the right. Colours come from the page's style.
 */
export function sequenceDiagram(steps: Step[], sides: Sides = SIDES): string {
  const plan = planned(steps, sides)
  const heads = drawHeads(plan, sides)
  let y = heads.height
  let body = ''
  for (const [i, step] of steps.entries()) {
    if (tellsLossOf(steps[i - 1], step)) continue
    const row = drawStep(step, plan, y, tellsLossOf(step, steps[i + 1]))
    body += row.svg
    y += row.height
  }
  const height = Math.round(y + 8)
  const lines = [...plan.lanes.map(({ x }) => x), plan.right]
    .map((x) => `M${x} ${heads.height - 4}V${height}`)
    .join('')
  const width = plan.right + MARGIN.right
  const label = `Sequence diagram, ${steps.length} steps; the transcript has the same as text`
  return (
    `<svg class="seq" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${label}">` +
    `<path class="life" d="${lines}"/>${heads.svg}${body}</svg>`
  )
}

function drawHeads({ lanes, programPort, right }: Plan, { peer, program }: Sides): Row {
  const edge = right + MARGIN.right - 2
  const first = lanes[0]
  let svg = text(program, edge, 12, 'name end')
  if (programPort) svg += text(programPort, edge, 27, 'port end')
  if (first) svg += text(peer, Math.max(MARGIN.left, first.x - 22), 12, 'name')
  const areSeveral = lanes.length > 1
  for (const { conn, port, x } of lanes) {
    if (areSeveral && conn) svg += text(conn, x, 27, 'name mid')
    if (port) svg += text(port, x, areSeveral ? 42 : 27, 'port mid')
  }
  return { svg, height: areSeveral ? 56 : 40 }
}

/** A loss told right after its datagram is drawn as that datagram's end. */
function tellsLossOf(step: Step | undefined, next: Step | undefined): boolean {
  if (step?.kind !== 'datagram' || next?.kind !== 'lost') return false
  return step.conn === next.conn && step.way === next.way
}
