import colors from 'yoctocolors'
import type { Change } from '../class/changes.ts'
import { printableName } from './printable.ts'

/** How many submissions, and how many exercises of each, are told one by one. */
const MOST_ROWS = 60
const MOST_EXERCISES = 6

/** What differs from the last run, for the terminal: a line for each submission. */
export function changesText(since: string, changes: readonly Change[]): string {
  // Swedish writes dates as ISO 8601 does
  const when = new Date(since).toLocaleString('sv-SE').slice(0, 16)
  if (changes.length === 0) return `Nothing differs from the last run (${when}).`
  const width = Math.min(24, Math.max(...changes.map(({ name }) => printableName(name).length)))
  const rows = changes
    .slice(0, MOST_ROWS)
    .map((change) => `  ${printableName(change.name).padEnd(width)}  ${whatChanged(change)}`)
  const more = changes.length - rows.length
  if (more > 0) rows.push(`  and ${more} more`)
  return [`What differs from the last run (${when}):`, ...rows].join('\n')
}

function whatChanged({ kind, results }: Change): string {
  if (kind !== 'changed') return colors.bold(kind)
  if (results.every(({ now }) => now === 'unreadable')) return colors.red('unreadable now')
  const told = results
    .slice(0, MOST_EXERCISES)
    .map(({ id, before, now }) => `${id} ${before ? `${before} → ` : 'new: '}${now}`)
  const more = results.length - told.length
  return [...told, ...(more > 0 ? [`and ${more} more`] : [])].join(', ')
}
