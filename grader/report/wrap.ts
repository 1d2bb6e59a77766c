import { stripVTControlCharacters } from 'node:util'
import sliceAnsi from 'slice-ansi'
import stringWidth from 'string-width'
import wrapAnsi from 'wrap-ansi'

/** What the further rows of a line stand below: a mark, a number, a label, a transcript's arrow, else its indent. */
const HANG =
  /^(?: {2}(?:[a-z]+ {2,}| {10})(?:\d+\.\d{3} +(?:\S+ +)?[→←] +)?|[a-z]{2,8} {2,}| *(?:[-✓✗○▸!] |\d+\. )| *)/

/** Code goes on further in than it began. */
const CODE = /^(?! {12}) {4,}/

/** One of two values that are compared byte by byte, and the line that marks where they differ. */
const VALUE = /^ {2}(?:expected|got) +\d+ B {2}/
const CARET = /^( +)\^ (byte \d+: .*)$/

/** Prose is hard to read in longer lines, in columns. */
const MOST_COLUMNS = 110

/** How wide texts are on this terminal: all of it, within reason. Where there is none, nothing is broken. */
export function textWidth(): number {
  const { columns } = process.stdout
  return columns ? Math.min(columns, MOST_COLUMNS) : Number.POSITIVE_INFINITY
}

/**
 * A text for a window `width` columns wide: lines that are too long go on below, indented to where
 * their text begins; Chinese characters count two columns. The caret below a value that takes several
 * rows stays below its byte.
 */
export function wrap(text: string, width = textWidth()): string {
  const lines = text.split('\n')
  return lines
    .flatMap((line, i) => {
      const next = CARET.exec(stripVTControlCharacters(lines[i + 1] ?? ''))
      if (next && !CARET.test(line)) return withCaret(line, next, width)
      if (CARET.test(stripVTControlCharacters(line))) return []
      return rows(line, width)
    })
    .join('\n')
}

/** The rows of one line. */
function rows(line: string, width: number): string[] {
  if (stringWidth(line) <= width) return [line]
  const plain = stripVTControlCharacters(line)
  const hang = indentOf(plain, width)
  const wordWrap = !VALUE.test(plain)
  const parts = wrapAnsi(sliceAnsi(line, hang), width - hang, { hard: true, wordWrap })
  const [first = '', ...rest] = parts.split('\n')
  return [sliceAnsi(line, 0, hang) + first, ...rest.map((part) => ' '.repeat(hang) + part)]
}

function indentOf(line: string, width: number): number {
  const hang = stringWidth(HANG.exec(line)?.[0] ?? '') + (CODE.test(line) ? 2 : 0)
  return hang > width / 2 ? 2 : hang
}

/** A value's rows with the mark below the row, and the byte, that it means. */
function withCaret(line: string, [, before = '', text = '']: RegExpExecArray, width: number) {
  const hang = indentOf(stripVTControlCharacters(line), width)
  const values = rows(line, width)
  let column = before.length
  let at = 0
  // The caret may stand behind the last byte, where a value ended too early.
  while (at < values.length - 1 && column >= stringWidth(values[at] ?? '')) {
    column -= stringWidth(values[at] ?? '') - hang
    at += 1
  }
  return [...values.slice(0, at + 1), ...mark(column, text, width), ...values.slice(at + 1)]
}

/** The caret with its words behind it, or before it where there is more room. */
function mark(column: number, text: string, width: number): string[] {
  if (column + 2 + stringWidth(text) <= width) return [`${' '.repeat(column)}^ ${text}`]
  const room = column - 1 - stringWidth(text)
  if (room >= 0) return [`${' '.repeat(room)}${text} ^`]
  return [`${' '.repeat(column)}^`, ...rows(`${' '.repeat(12)}${text}`, width)]
}
