import stringWidth from 'string-width'
import { type CharacterAt, hex, quote } from './bytes.ts'
import type { Name, Recording, Way, WireEvent } from './recording.ts'

/** How much of some bytes a line shows: so many in hex, so many columns of text, in which encoding. */
export type Shape = { hexBytes: number; textColumns: number; characterAt?: CharacterAt }

const FEEDBACK: Shape = { hexBytes: 8, textColumns: 32 }
/** A transcript longer than this many lines has its middle left out. */
const MOST_LINES = 40

/** One line of a transcript, taken apart: what a transcript prints and a sequence diagram draws. */
export type Step = {
  /** seconds, as they are printed; empty where a kept transcript tells no times */
  at: string
  /** the letter of the connection; empty where there is only one, or none */
  conn: string
  /** `in` is towards the student's program, `out` away from it */
  way: Way
  /** calls, returns and notes are all told in words: `note`; `gap` stands for lines left out */
  kind: Exclude<WireEvent['kind'], 'call' | 'return'> | 'gap'
  text: string
}

/**
 * A recording as lines for a person: time in seconds, direction (→ towards the student's program),
 * what went. Bytes are in hex and escaped. The connection's letter is shown where there are several.
 */
export function transcript(recording: Recording): string[] {
  return linesOf(stepsOf(recording))
}

/** The steps of a recording; of a long one the beginning and the end, with a gap between. */
export function stepsOf(recording: Recording): Step[] {
  const connections = new Set(recording.map(({ conn }) => conn).filter(Boolean))
  const steps = recording.map((event) => stepOf(event, connections.size > 1))
  if (steps.length <= MOST_LINES) return steps
  const left = steps.length - MOST_LINES
  const gap: Step = { at: '', conn: '', way: 'in', kind: 'gap', text: `… ${left} more …` }
  return [...steps.slice(0, MOST_LINES - 12), gap, ...steps.slice(-12)]
}

/** Steps as a transcript prints them. */
export function linesOf(steps: Step[]): string[] {
  const areSeveral = steps.some(({ conn }) => conn !== '')
  return steps.map(({ at, conn, way, kind, text }) => {
    if (kind === 'gap') return `       ${text}`
    const time = at && `${at}  `
    const letter = areSeveral ? `${conn || ' '} ` : ''
    return `${time}${letter}${way === 'in' ? '→' : '←'}  ${text}`.trimEnd()
  })
}

const LINE = /^(?:(?<at>\d+\.\d{3}) {2})?(?:(?<conn>\S+| ) )?(?<arrow>[→←])(?: {2}(?<text>.*))?$/s
const GAP = /^ {7}(… \d+ more …)$/

/**
 * The inverse of `linesOf`. What is told in words may go on over further lines (a value that was shown
 * in several); a first line that no transcript has throws.
 */
export function readTranscript(lines: string[]): Step[] {
  const steps: Step[] = []
  for (const line of lines) {
    const last = steps.at(-1)
    const step = readLine(line)
    if (step) steps.push(step)
    else if (last?.kind === 'note') last.text += `\n${line}`
    else throw new Error(`not a line of a transcript: ${line}`)
  }
  return steps
}

function readLine(line: string): Step | undefined {
  const gap = GAP.exec(line)?.[1]
  if (gap) return { at: '', conn: '', way: 'in', kind: 'gap', text: gap }
  const { at = '', conn = '', arrow, text = '' } = LINE.exec(line)?.groups ?? {}
  if (!arrow) return undefined
  return { at, conn: conn.trim(), way: arrow === '→' ? 'in' : 'out', kind: kindOf(text), text }
}

const LOST = 'that datagram is lost on its way'

/** How each kind of event begins, or is, when it is printed; what is none of them is in words. */
const FORMS: [Step['kind'], RegExp][] = [
  ['refused', /^(SYN → \S+: refused \(RST\)|connecting to .+: refused)$/],
  ['SYN', /^(SYN \S+ → \S+|connects to .+)$/],
  ['datagram', /^datagram \S+ → \S+ {2}\d+ B /],
  ['data', /^\d+ B +.*"…?$/],
  ['stdin', /^stdin {2}\d+ B /],
  ['stdout', /^stdout {2}\d+ B /],
  ['stderr', /^stderr {2}\d+ B /],
  ['FIN', /^FIN$/],
  ['RST', /^RST$/],
  ['lost', new RegExp(`^${LOST}$`)],
]

function kindOf(text: string): Step['kind'] {
  return FORMS.find(([, form]) => form.test(text))?.[0] ?? 'note'
}

/** One event as a step, with the letter of its connection where there are several. */
export function stepOf(event: WireEvent, areSeveral: boolean, shape = FEEDBACK): Step {
  const { way, kind } = event
  return {
    at: (event.at / 1000).toFixed(3),
    conn: areSeveral ? event.conn : '',
    way,
    kind: kind === 'call' || kind === 'return' ? 'note' : kind,
    text: what(event, shape).trimEnd(),
  }
}

function what(event: WireEvent, shape: Shape): string {
  switch (event.kind) {
    case 'SYN':
      return isPath(event.to)
        ? `connects to ${nameText(event.to)}`
        : `SYN ${nameText(event.from)} → ${nameText(event.to)}`
    case 'datagram':
      return `datagram ${nameText(event.from)} → ${nameText(event.to)}  ${content(event, shape)}`
    case 'refused':
      return isPath(event.to)
        ? `connecting to ${nameText(event.to)}: refused`
        : `SYN → ${nameText(event.to)}: refused (RST)`
    case 'data':
      return content(event, shape)
    case 'stdin':
    case 'stdout':
    case 'stderr':
      return `${event.kind}  ${content(event, shape)}`
    case 'call':
    case 'return':
    case 'note':
      return event.text
    case 'lost':
      return LOST
    default:
      return event.kind
  }
}

function content(
  { bytes, length }: { bytes: Uint8Array; length: number },
  { hexBytes, textColumns, characterAt }: Shape,
): string {
  const start = hex(bytes.subarray(0, hexBytes)) + (length > hexBytes ? ' …' : '')
  const { text } = quote(bytes, textColumns, characterAt)
  const gap = Math.max(2, 3 * hexBytes + 3 - stringWidth(start))
  return `${`${length} B`.padEnd(5)} ${start}${' '.repeat(gap)}${text}`
}

/** A UNIX socket's name is a path; there are no segments, so no SYN. */
function isPath(name: Name | undefined): boolean {
  return name?.address.includes('/') ?? false
}

/** `127.0.0.1:4000`, `[::1]:4000`, or a path. */
export function nameText(name: Name | undefined): string {
  if (!name) return '?'
  if (isPath(name)) return name.address
  return name.address.includes(':')
    ? `[${name.address}]:${name.port}`
    : `${name.address}:${name.port}`
}
