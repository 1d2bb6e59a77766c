/** Who stands where in a sequence diagram, and what is left to say beside each arrow. */
import type { Step } from '../../grader/wire/transcript.ts'

/** A lifeline of the test's side: a connection, or the one peer that there is. */
export type Lane = { conn: string; x: number; port: string }

/** The kinds that are drawn as an arrow between two lifelines; the others are told at one of them. */
const ARROWS: ReadonlySet<Step['kind']> = new Set([
  'SYN',
  'FIN',
  'RST',
  'refused',
  'data',
  'datagram',
])

/** Whether a step is an arrow, and no words at a lifeline. */
export function isArrow({ kind }: Step): boolean {
  return ARROWS.has(kind)
}

const FIRST = 24
const APART = 48
/** Where there are many, ports no longer fit below their letters, and are told by each SYN. */
const APART_WHEN_MANY = 32
const MANY = 7

/** The lifelines on the left, `from` pixels in, and the port of the right one if it is always the same. */
export function lanesOf(steps: Step[], from: number): { lanes: Lane[]; port: string } {
  const conns = [...new Set(steps.filter(isArrow).map(({ conn }) => conn))].sort(inOrder)
  const areMany = conns.length >= MANY
  const lanes = conns.map((conn, i) => ({
    conn,
    x: from + FIRST + i * (areMany ? APART_WHEN_MANY : APART),
    port: areMany ? '' : only(steps.filter((step) => step.conn === conn).map((s) => ends(s)?.peer)),
  }))
  return { lanes, port: only(steps.map((step) => ends(step)?.program)) }
}

/** A, B, … Z, C27, C28, … */
function inOrder(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : 1)
}

/** What an arrow is labelled with, in the parts between which it may be broken. */
export function labelOf(step: Step, lane: Lane | undefined, programPort: string): string[] {
  const names = ends(step)
  if (!names) return content(step.text)
  // Ports are told only where the heads of the two lifelines do not tell them.
  const isTold = names.peer === lane?.port && names.program === programPort
  const [a, b] = step.way === 'in' ? [names.peer, names.program] : [names.program, names.peer]
  const kind = step.kind === 'SYN' ? 'SYN' : 'datagram'
  const head = isTold ? kind : `${kind} ${a} → ${b}`
  return step.kind === 'SYN' ? [head] : [head, content(step.text).join(' ')]
}

/** How many bytes, and which, in quotes; without the hexadecimal ones, which the transcript shows. */
export function content(text: string): string[] {
  const form = /^(?<head>std\w+|writes)? *(?:datagram .*?)?(?<count>\d+ B) .*?(?<quoted>".*)$/s
  const { head, count, quoted } = form.exec(text)?.groups ?? {}
  return count && quoted ? [head ? `${head} ${count}` : count, quoted] : [text]
}

type Ends = { peer: string; program: string }

function ends({ kind, way, text }: Step): Ends | undefined {
  if (kind !== 'SYN' && kind !== 'datagram') return undefined
  const { from, to } = /^(?:SYN|datagram) (?<from>\S+) → (?<to>\S+)/.exec(text)?.groups ?? {}
  if (!from || !to) return undefined
  return way === 'in'
    ? { peer: short(from), program: short(to) }
    : { peer: short(to), program: short(from) }
}

function short(name: string): string {
  return name.replace(/^(127\.0\.0\.1|\[::1\])(?=:)/, '')
}

/** The port that all of these are, if it is one and fits below the head of a lifeline. */
function only(names: (string | undefined)[]): string {
  const [name = '', ...others] = new Set(names.filter((name) => name !== undefined))
  return others.length === 0 && /^:\d+$/.test(name) ? name : ''
}
