import type { Report } from '../verdict/result.ts'

/**
 * Control characters, halves of a surrogate pair, line and paragraph separators, marks that turn the
 * direction of text, and what XML 1.0 does not allow (its production Char).
 */
const UNSEEN =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/gu

/**
 * A text as it can be shown anywhere. What students name their folders and what their programs say
 * may hold anything: what a terminal would obey, a parser refuse or an eye not see is written out, as
 * in `\x1b`. Line ends and tabs stay.
 */
export function printable(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(UNSEEN, (character) => {
    if (character === '\n' || character === '\t') return character
    const code = character.codePointAt(0) ?? 0
    return code < 0x100
      ? `\\x${code.toString(16).padStart(2, '0')}`
      : `\\u${code.toString(16).padStart(4, '0')}`
  })
}

/** A report all of whose texts are printable, names on one line. */
export function printableReport(report: Report): Report {
  return JSON.parse(JSON.stringify(report), (key, value) => {
    if (typeof value !== 'string') return value
    return key === 'name' ? printable(value).replace(/\s+/g, ' ').trim() : printable(value)
  })
}
