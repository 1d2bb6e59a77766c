import stringWidth from 'string-width'
import { hex, quote } from './bytes.ts'
import type { Name, Recording, WireEvent } from './recording.ts'

const HEX_BYTES = 8
const TEXT_COLUMNS = 32
/** A transcript longer than this many lines has its middle left out. */
const MOST_LINES = 40

/**
 * A recording as lines for a person: time in seconds, direction (→ towards the student's program),
 * what went. Bytes are in hex and escaped. The connection's letter is shown where there are several.
 */
export function transcript(recording: Recording): string[] {
  const connections = new Set(recording.map(({ conn }) => conn).filter(Boolean))
  const lines = recording.map((event) => line(event, connections.size > 1))
  if (lines.length <= MOST_LINES) return lines
  const left = lines.length - MOST_LINES
  return [...lines.slice(0, MOST_LINES - 12), `       … ${left} more …`, ...lines.slice(-12)]
}

function line(event: WireEvent, areSeveral: boolean): string {
  const time = (event.at / 1000).toFixed(3)
  const arrow = event.way === 'in' ? '→' : '←'
  const conn = areSeveral ? `${(event.conn || ' ').padEnd(1)} ` : ''
  return `${time}  ${conn}${arrow}  ${what(event)}`.trimEnd()
}

function what(event: WireEvent): string {
  switch (event.kind) {
    case 'SYN':
      return isPath(event.to)
        ? `connects to ${name(event.to)}`
        : `SYN ${name(event.from)} → ${name(event.to)}`
    case 'datagram':
      return `datagram ${name(event.from)} → ${name(event.to)}  ${content(event)}`
    case 'refused':
      return isPath(event.to)
        ? `connecting to ${name(event.to)}: refused`
        : `SYN → ${name(event.to)}: refused (RST)`
    case 'data':
      return content(event)
    case 'stdin':
    case 'stdout':
    case 'stderr':
      return `${event.kind}  ${content(event)}`
    case 'call':
    case 'return':
    case 'note':
      return event.text
    case 'lost':
      return 'that datagram is lost on its way'
    default:
      return event.kind
  }
}

function content({ bytes, length }: { bytes: Uint8Array; length: number }): string {
  const start = hex(bytes.subarray(0, HEX_BYTES)) + (length > HEX_BYTES ? ' …' : '')
  const { text } = quote(bytes, TEXT_COLUMNS)
  return `${`${length} B`.padEnd(5)} ${start}${' '.repeat(Math.max(2, 27 - stringWidth(start)))}${text}`
}

/** A UNIX socket's name is a path; there are no segments, so no SYN. */
function isPath(name: Name | undefined): boolean {
  return name?.address.includes('/') ?? false
}

function name(name: Name | undefined): string {
  if (!name) return '?'
  if (isPath(name)) return name.address
  return name.address.includes(':')
    ? `[${name.address}]:${name.port}`
    : `${name.address}:${name.port}`
}
