import path from 'node:path'
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

/**
 * A report as it is shown: all of its texts printable, names on one line, and files of a submission
 * named from its folder on, whose place on the grading machine is nobody's business.
 */
export function shownReport(report: Report): Report {
  const submissions = report.submissions.map((submission) => {
    const within = `${submission.path}${path.sep}`
    return revive(submission, (text) => text.replaceAll(within, ''))
  })
  return revive({ ...report, submissions }, printable)
}

function revive<T>(value: T, change: (text: string) => string): T {
  return JSON.parse(JSON.stringify(value), (key, part) => {
    if (typeof part !== 'string') return part
    if (key !== 'name') return change(part)
    return change(part).replace(/\s+/g, ' ').trim() || '(no name)'
  })
}
