import stringWidth from 'string-width'
import colors from 'yoctocolors'
import type { Alike, Part } from '../class/similar.ts'

/** What the output is worth, in lines. */
export const NOTE = [
  'A hint for a person to read both programs, and no proof of anything: short exercises have few right',
  'answers, and a class has its habits. What the stubs contain is left out.',
]

/** Pairs of programs that are alike, as a table for the terminal. */
export function similarText(alike: readonly Alike[], compared: number, threshold: number): string {
  const percent = (share: number) => `${Math.round(share * 100)} %`
  if (alike.length === 0)
    return `No two programs of the ${compared} submissions are alike in ${percent(threshold)} or more.`
  const header = ['exercise', 'alike', 'longest passage in common', '']
  const rows = alike.map(({ exercise, similarity, fragment: [one, other] }) => [
    exercise,
    percent(similarity).padStart(5),
    partText(one),
    partText(other),
  ])
  const widths = header.map((_, i) =>
    Math.max(...[header, ...rows].map((row) => stringWidth(row[i] ?? ''))),
  )
  const line = (row: string[]) => row.map((text, i) => fill(text, widths[i] ?? 0)).join('  ')
  return [
    ...NOTE,
    '',
    colors.dim(line(header).trimEnd()),
    ...rows.map((row) => line(row).trimEnd()),
  ].join('\n')
}

function partText({ submission, from, to }: Part): string {
  const end = from.file === to.file ? `${to.line}` : `${to.file}:${to.line}`
  return `${submission}/${from.file}:${from.line}-${end}`
}

function fill(text: string, width: number): string {
  return text + ' '.repeat(width - stringWidth(text))
}
